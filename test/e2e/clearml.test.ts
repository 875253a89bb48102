import { type ClearmlCaller, clearmlCaller, until } from '@inferq/testkit'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessKey, type Inferq, secretKey, startInferq } from '../lib/inferq.ts'

let inferq: Inferq
let clearml: ClearmlCaller
beforeAll(async () => {
  inferq = await startInferq()
  clearml = await clearmlCaller(inferq.url, accessKey, secretKey)
})
afterAll(() => inferq.stop())

const embedding = (texts: readonly string[]) => ({
  type: 'inference',
  script: { repository: 'inferq', entry_point: 'embed.text' },
  configuration: { input: { name: 'input', value: JSON.stringify({ texts }) } },
})

const ended = (task: string, status = 'completed') =>
  until(
    async () => {
      const found = (await clearml.ok('tasks.get_by_id', { task })).task
      return found.status === status ? found : false
    },
    { what: `task ${task} to be ${status}`, timeoutMs: 20_000 },
  )

const resultOf = async (task: { execution: { artifacts: { key: string; uri: string }[] } }) => {
  const uri = task.execution.artifacts.find(({ key }) => key === 'result')?.uri as string
  const response = await fetch(uri, { headers: { 'x-api-key': secretKey } })
  return (await response.json()) as { embeddings: number[][] }
}

describe('a task for Inferq’s own workers, made with ClearML’s API', () => {
  it('runs once it is enqueued, and its result is the artifact `result`', async () => {
    const { id } = await clearml.ok('tasks.create', { name: 'two texts', ...embedding(['red fox', 'blue whale']) })
    expect((await clearml.ok('tasks.get_by_id', { task: id })).task).toMatchObject({ status: 'created' })
    await clearml.ok('tasks.enqueue', { task: id, queue_name: 'default', verify_watched_queue: true })
    const task = await ended(id)
    expect(task.script).toMatchObject({ repository: 'inferq', entry_point: 'embed.text' })
    expect((await resultOf(task)).embeddings).toHaveLength(2)
  })

  it('is the same task in the native API', async () => {
    const { id } = await clearml.ok('tasks.create', { name: 'seen twice', tags: ['both'], ...embedding(['a fox']) })
    await clearml.ok('tasks.enqueue', { task: id, queue_name: 'default' })
    await ended(id)
    const task = await inferq.client.get(id)
    expect(task).toMatchObject({ name: 'seen twice', job: 'embed.text', tags: ['both'], status: 'completed' })
    expect(task.input).toEqual({ texts: ['a fox'] })
    expect((task.result as { embeddings: number[][] }).embeddings).toHaveLength(1)
  })

  it('can be cloned, edited and run with another input', async () => {
    const { id } = await clearml.ok('tasks.create', { name: 'original', ...embedding(['one']) })
    const clone = (await clearml.ok('tasks.clone', { task: id, new_task_name: 'edited clone' })).id
    const input = { name: 'input', value: JSON.stringify({ texts: ['one', 'two', 'three'] }) }
    await clearml.ok('tasks.edit_configuration', { task: clone, configuration: [input] })
    await clearml.ok('tasks.enqueue', { task: clone, queue_name: 'default' })
    expect((await resultOf(await ended(clone))).embeddings).toHaveLength(3)
    expect((await clearml.ok('tasks.get_by_id', { task: id })).task.status).toBe('created')
  })

  it('runs again after a reset, without what it produced before', async () => {
    const { id } = await clearml.ok('tasks.create', { name: 'run twice', ...embedding(['again']) })
    await clearml.ok('tasks.enqueue', { task: id, queue_name: 'default' })
    await ended(id)
    await clearml.ok('tasks.reset', { task: id })
    const reset = (await clearml.ok('tasks.get_by_id', { task: id })).task
    expect(reset).toMatchObject({ status: 'created', execution: { artifacts: [] } })
    await clearml.ok('tasks.enqueue', { task: id, queue_name: 'default' })
    expect((await resultOf(await ended(id))).embeddings).toHaveLength(1)
  })

  it('is refused when its input does not fit the job, and stays as it was', async () => {
    const { id } = await clearml.ok('tasks.create', { name: 'no texts', ...embedding([]) })
    const answer = await clearml.call('tasks.enqueue', { task: id, queue_name: 'default' })
    expect(answer).toMatchObject({ status: 400, subcode: 12, data: {} })
    expect(answer.msg).toContain('texts')
    expect((await clearml.ok('tasks.get_by_id', { task: id })).task.status).toBe('created')
  })
})

describe('a task of a producer', () => {
  it('shows in ClearML’s API with its job, its input and its result', async () => {
    const texts = ['handed in natively']
    const { id } = await inferq.client.submit({ job: 'embed.text', input: { texts }, name: 'native' }, { wait: 20 })
    const { tasks } = await clearml.ok('tasks.get_all', { name: '^native$', status: ['completed'] })
    expect(tasks).toMatchObject([{ id, script: { repository: 'inferq', entry_point: 'embed.text' } }])
    expect(JSON.parse(tasks[0].configuration.input.value)).toEqual({ texts })
    expect((await resultOf(tasks[0])).embeddings).toHaveLength(1)
  })
})

describe('a queue with both kinds of tasks', () => {
  it('gives workers and agents each their own, and never the other’s', async () => {
    const { id: queue } = await clearml.ok('queues.create', { name: 'mixed' })
    const { id: forAgents } = await clearml.ok('tasks.create', {
      name: 'for an agent',
      type: 'training',
      script: { repository: 'https://example.org/repo.git', entry_point: 'train.py' },
    })
    const { id: forWorkers } = await clearml.ok('tasks.create', { name: 'for a worker', ...embedding(['x']) })
    for (const task of [forWorkers, forAgents]) await clearml.ok('tasks.enqueue', { task, queue })
    expect((await clearml.ok('queues.get_num_entries', { queue })).num).toBe(2)

    expect((await clearml.ok('queues.get_next_task', { queue })).entry.task).toBe(forAgents)
    expect(await clearml.ok('queues.get_next_task', { queue })).toEqual({})

    await inferq.startWorker({ INFERQ_QUEUES: 'mixed' })
    await ended(forWorkers)
    await clearml.ok('tasks.started', { task: forAgents, force: true })
    await clearml.ok('tasks.completed', { task: forAgents })
    await ended(forAgents)
  })

  it('shows natively what waits for agents, and why', async () => {
    const { id: queue } = await clearml.ok('queues.create', { name: 'agents only' })
    const create = async (name: string) => {
      const { id } = await clearml.ok('tasks.create', { name, type: 'training', script: { repository: 'elsewhere' } })
      await clearml.ok('tasks.enqueue', { task: id, queue })
      return id as string
    }
    const [first, second] = [await create('first'), await create('second')]
    const waitsFor = async (id: string) => {
      const { position, waits_for } = await inferq.client.get(id)
      return { position, code: waits_for?.code }
    }
    expect(await waitsFor(second)).toEqual({ position: 1, code: 'no_watcher' })
    await clearml.ok('workers.register', { worker: 'gpu-box:0', queues: [queue] })
    expect(await waitsFor(first)).toEqual({ position: 0, code: 'agent' })
    expect(await waitsFor(second)).toEqual({ position: 1, code: 'behind' })
    const seen = { waiting: 0, waiting_for_agents: 2, agents: ['gpu-box:0'], watchers: [] }
    expect(await inferq.client.queue('agents only')).toMatchObject(seen)
    const metrics = await (await fetch(`${inferq.url}/metrics`)).text()
    expect(metrics).toMatch(/inferq_queue_tasks\{[^}]*queue="agents only",state="waiting_for_agents"\} 2/)
    expect(metrics).toMatch(/inferq_queue_agents\{[^}]*queue="agents only"\} 1/)
    expect((await inferq.client.cancel(second)).status).toBe('stopped')
    expect((await clearml.ok('queues.get_by_id', { queue })).queue.entries).toMatchObject([{ task: first }])
  })

  it('loses no task when Redis loses everything', async () => {
    const { id: queue } = await clearml.ok('queues.create', { name: 'wiped' })
    const create = async (name: string, more: object) =>
      (await clearml.ok('tasks.create', { name, type: 'training', ...more })).id as string
    const forAgents = await create('agent keeps it', { script: { repository: 'r', entry_point: 'e' } })
    const forWorkers = await create('worker keeps it', embedding(['still here']))
    for (const task of [forWorkers, forAgents]) await clearml.ok('tasks.enqueue', { task, queue })
    const redis = new Redis(inferq.redis.url)
    await redis.flushall()
    redis.disconnect()
    expect((await clearml.ok('queues.get_next_task', { queue })).entry.task).toBe(forAgents)
    await inferq.startWorker({ INFERQ_QUEUES: 'wiped' })
    await ended(forWorkers)
  })
})
