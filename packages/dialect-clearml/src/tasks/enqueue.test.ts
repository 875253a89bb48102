import { beforeAll, describe, expect, it } from 'vitest'
import { unknownId } from '../queues/queues.fixture.ts'
import { type StatusBench, startStatuses, whereNotOwn } from './status.fixture.ts'

let bench: StatusBench
beforeAll(async () => {
  bench = await startStatuses()
})

const newName = () => `by name ${Math.random()}`

describe('tasks.enqueue', () => {
  it('success: the task is queued and last in line, and the answer lists what was set', async () => {
    const queue = await bench.newQueue()
    const [first] = await bench.waiting(queue.id, 1)
    const task = await bench.taskIn('stopped', { systemTags: ['development', 'mine'] })
    const answer = await bench.ok('tasks.enqueue', { task, queue: queue.id, status_reason: 'go', status_message: 'on' })
    expect(answer).toMatchObject({
      ...{ queued: 1, updated: 1 },
      fields: {
        ...{ status: 'queued', status_reason: 'go', status_message: 'on', enqueue_status: 'stopped' },
        'execution.queue': queue.id,
      },
    })
    expect(answer).not.toHaveProperty('queue_watched')
    expect(await bench.taskNow(task)).toMatchObject({
      ...{
        status: 'queued',
        enqueueStatus: 'stopped',
        queueId: queue.id,
        systemTags: ['mine'],
        changedBy: bench.user.id,
      },
    })
    expect(await bench.entriesOf(queue.id)).toEqual([first, task])
  })

  it('success: without a queue it is the default one', async () => {
    const task = await bench.agentsTask()
    const { id } = await bench.ok('queues.get_default')
    expect((await bench.ok('tasks.enqueue', { task })).fields['execution.queue']).toBe(id)
  })

  it('success: a queue is found by its exact name, and made when there is none', async () => {
    const [one, other] = [await bench.agentsTask(), await bench.agentsTask()]
    const name = newName()
    const queueOf = async (task: string) =>
      (await bench.ok('tasks.enqueue', { task, queue_name: name })).fields['execution.queue']
    const made = await queueOf(one)
    expect(await queueOf(other)).toBe(made)
    expect((await bench.ok('queues.get_by_id', { queue: made })).queue.name).toBe(name)
  })

  it('success: a queued task moves to another queue, and what it was at first stays known', async () => {
    const [queue, second, third] = [await bench.newQueue(), await bench.newQueue(), await bench.newQueue()]
    const task = await bench.taskIn('failed')
    await bench.enqueue(task, queue.id)
    await bench.ok('queues.add_task', { queue: third.id, task, update_execution_queue: false })
    const { fields } = await bench.ok('tasks.enqueue', { task, queue: second.id })
    expect(fields).toMatchObject({ enqueue_status: 'failed', 'execution.queue': second.id })
    const lines = await Promise.all([queue, second, third].map(({ id }) => bench.entriesOf(id)))
    expect(lines).toEqual([[], [task], []])
  })

  it('success: update_execution_queue false moves it and leaves the queue that it names as its own', async () => {
    const [queue, second] = [await bench.newQueue(), await bench.newQueue()]
    const [task = ''] = await bench.waiting(queue.id, 1)
    const request = { task, queue: second.id, update_execution_queue: false }
    const { fields } = await bench.ok('tasks.enqueue', request)
    expect(fields).not.toHaveProperty('execution.queue')
    expect((await bench.taskNow(task)).queueId).toBe(queue.id)
    expect([await bench.entriesOf(queue.id), await bench.entriesOf(second.id)]).toEqual([[], [task]])
  })

  it('success: a completed task is queued with force', async () => {
    const [queue, task] = [await bench.newQueue(), await bench.taskIn('completed')]
    await bench.ok('tasks.enqueue', { task, queue: queue.id, force: true })
    expect(await bench.taskNow(task)).toMatchObject({ status: 'queued', enqueueStatus: 'completed' })
  })

  it('success: says on demand whether an agent watches the queue', async () => {
    const queue = await bench.newQueue()
    const watched = async () => {
      const task = await bench.agentsTask()
      return (await bench.ok('tasks.enqueue', { task, queue: queue.id, verify_watched_queue: true })).queue_watched
    }
    expect(await watched()).toBe(false)
    await bench.ok('workers.register', { worker: 'agent:0', queues: [queue.id] })
    expect(await watched()).toBe(true)
  })

  it('success: a native task gets the next run, without the outcome of the last, and a job in line', async () => {
    const { id, queue } = await bench.queuedNative()
    await bench.reportSuccess(id)
    await bench.ok('tasks.reset', { task: id })
    await bench.ok('tasks.enqueue', { task: id, queue: queue.id })
    await bench.ok('tasks.dequeue', { task: id })
    const { run } = await bench.taskNow(id)
    await bench.ok('tasks.enqueue', { task: id, queue: queue.id })
    expect(await bench.taskNow(id)).toMatchObject({
      run: run + 1,
      step: 0,
      result: null,
      startedAt: null,
      worker: null,
    })
    expect(await bench.entriesOf(queue.id)).toContain(id)
  })

  it('success: a queued native task moves to another queue with its job', async () => {
    const { id, queue } = await bench.queuedNative()
    const second = await bench.newQueue()
    await bench.ok('tasks.enqueue', { task: id, queue: second.id })
    expect([await bench.entriesOf(queue.id), await bench.entriesOf(second.id)]).toEqual([[], [id]])
  })

  it('success: the input of a native task goes to its worker as its job wants it, large ones by file', async () => {
    const queue = await bench.newQueue()
    const text = 'x'.repeat(15_000)
    const large = JSON.stringify({ texts: Array.from({ length: 10 }, () => text) }, null, 2)
    await bench.ports.files.put('inputs/test.json', large)
    const task = await bench.nativeTask({ job: 'embed.text', input: null, inputKey: 'inputs/test.json' })
    await bench.ok('tasks.enqueue', { task, queue: queue.id })
    const { inputKey } = await bench.taskNow(task)
    expect(await bench.ports.files.getText(inputKey ?? '')).toBe(JSON.stringify(JSON.parse(large)))
    expect(await bench.ports.files.getText('inputs/test.json')).toBeNull()
  })

  it('refusal: a task that is in line on that queue already stays where it is', async () => {
    const queue = await bench.newQueue()
    const [task, other] = await bench.waiting(queue.id, 1, 1)
    for (const id of [task, other]) {
      const before = await bench.taskNow(id ?? '')
      expect(await bench.codeOf('tasks.enqueue', { task: id, queue: queue.id })).toBe('400/706')
      expect(await bench.taskNow(id ?? '')).toEqual(before)
    }
    expect(await bench.entriesOf(queue.id)).toEqual([task, other])
  })

  it('refusal: a completed task is not queued without force, and no queue is made for it', async () => {
    const [task, name] = [await bench.taskIn('completed'), newName()]
    expect(await bench.codeOf('tasks.enqueue', { task, queue_name: name })).toBe('400/110')
    expect(await bench.services.queues.findQueue(bench.company, name)).toBeNull()
  })

  it('refusal: an unknown or foreign queue leaves the task as it was', async () => {
    const task = await bench.agentsTask()
    const foreigner = await bench.another({ company: 'new' })
    const { id } = await foreigner.ok('queues.create', { name: 'theirs' })
    for (const queue of [unknownId, id, 'no id']) {
      expect(await bench.codeOf('tasks.enqueue', { task, queue })).toBe('400/701')
    }
    expect(await bench.taskNow(task)).toMatchObject({ status: 'created', statusChangedAt: null })
  })

  it('refusal: without a queue and without a default one there is nowhere to go', async () => {
    const theirs = await bench.another({ company: 'new' })
    const { id: task } = await theirs.ok('tasks.create', { name: 'some task', type: 'training' })
    const { id: queue } = await theirs.ok('queues.get_default')
    await theirs.ok('queues.update', { queue, system_tags: [] })
    expect(await theirs.call('tasks.enqueue', { task })).toMatchObject({ status: 400, subcode: 707 })
  })

  it('refusal: a queued native task whose job a worker has just taken does not move', async () => {
    const { id, queue } = await bench.queuedNative()
    const [second, holder] = [await bench.newQueue(), await bench.holdFirst(queue.name)]
    expect(await bench.codeOf('tasks.enqueue', { task: id, queue: second.id })).toBe('400/110')
    expect((await bench.taskNow(id)).queueId).toBe(queue.id)
    await holder.letGo()
  })

  it('refusal: a full queue takes no more, in either line', async () => {
    const queue = await bench.newQueue()
    const [agents, native] = [await bench.agentsTask(), await bench.nativeTask()]
    await bench.waiting(queue.id, 1, 1)
    await bench.withCapacity(1, async () => {
      expect(await bench.codeOf('tasks.enqueue', { task: agents, queue: queue.id })).toBe('429/0')
      expect(await bench.codeOf('tasks.enqueue', { task: native, queue: queue.id })).toBe('429/0')
    })
    expect((await bench.taskNow(agents)).status).toBe('created')
  })

  it('refusal: update_execution_queue false needs a task that is queued, and that agents pull', async () => {
    const queue = await bench.newQueue()
    const native = await bench.queuedNative()
    for (const task of [await bench.agentsTask(), native.id]) {
      const request = { task, queue: queue.id, update_execution_queue: false }
      expect(await bench.codeOf('tasks.enqueue', request)).toBe('400/12')
    }
  })

  it('refusal: a strict server takes only drafts whose script says what to run', async () => {
    const queue = await bench.newQueue()
    const whole = { script: { repository: 'https://host/r', entry_point: 'run.py' } }
    const tasks = {
      'no repository': await bench.agentsTask({ script: { entry_point: 'run.py' } }),
      'no entry point': await bench.agentsTask({ script: { repository: 'https://host/r' } }),
      stopped: await bench.taskIn('stopped', whole),
      whole: await bench.agentsTask(whole),
      native: await bench.nativeTask(),
    }
    const answers: Record<string, string> = {}
    await bench.whileStrict(async () => {
      for (const [what, task] of Object.entries(tasks)) {
        answers[what] = await bench.codeOf('tasks.enqueue', { task, queue: queue.id })
      }
    })
    expect(answers).toEqual({
      ...{ 'no repository': '400/12', 'no entry point': '400/12', stopped: '400/110', whole: '200/0', native: '200/0' },
    })
  })

  it('refusal: a task that is not the caller’s is not enqueued', async () => {
    expect(await bench.codesWhereNotOwn('tasks.enqueue', (task) => ({ task }))).toEqual(whereNotOwn)
  })

  it('wrong input: the input of a native task that its job cannot take is refused, and nothing changes', async () => {
    const queue = await bench.newQueue()
    const inputs = [null, '{"texts":[]}', '{"texts":["x"],"model":"unknown"}']
    for (const input of inputs) {
      const task = await bench.nativeTask({ job: 'embed.text', input })
      expect(await bench.codeOf('tasks.enqueue', { task, queue: queue.id })).toBe('400/12')
      expect((await bench.taskNow(task)).status).toBe('created')
    }
    const unknown = await bench.nativeTask({ job: 'no.job' })
    expect(await bench.codeOf('tasks.enqueue', { task: unknown, queue: queue.id })).toBe('400/12')
  })

  it('wrong input: two queues, or options that exclude each other, are refused', async () => {
    const [queue, task] = [await bench.newQueue(), await bench.agentsTask()]
    const bodies = [
      { task, queue: queue.id, queue_name: queue.name },
      { task, queue: queue.id, update_execution_queue: false, verify_watched_queue: true },
      { queue: queue.id },
      { task: 1 },
      { task, queue: 1 },
    ]
    for (const body of bodies) expect(await bench.codeOf('tasks.enqueue', body)).toBe('400/12')
    expect(await bench.codeOf('tasks.enqueue', { task, queue_name: 'ab' })).toBe('400/800')
  })
})
