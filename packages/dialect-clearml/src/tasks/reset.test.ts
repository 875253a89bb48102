import { beforeAll, describe, expect, it } from 'vitest'
import { readTask } from '../testing/tasks.fixture.ts'
import { type StatusBench, startStatuses, unneededFiles, whereNotOwn } from './status.fixture.ts'

let bench: StatusBench
beforeAll(async () => {
  bench = await startStatuses()
})

const artifact = (mode: 'input' | 'output') => ({ key: 'data', type: 'json', mode, uri: `s3://bucket/${mode}` })

describe('tasks.reset', () => {
  it('success: the task is a draft without anything that it produced, and keeps what it was given', async () => {
    const task = await bench.taskIn('completed', {
      ...{ lastIteration: 7, activeSeconds: 3, runtime: { a: 1 }, lastMetrics: { m: {} }, worker: 'agent:0' },
      ...{ startedAt: 'now', completedAt: 'now', workerReportedAt: 'now', enqueueStatus: 'created', tags: ['kept'] },
      queueId: (await bench.newQueue()).id,
      output: { destination: 's3://bucket', error: 'no', result: 'failure' },
      models: { input: [{ name: 'in', model: 'i' }], output: [{ name: 'out', model: 'o' }] },
      execution: { framework: 'none', artifacts: [artifact('input'), artifact('output')] },
      ...{ script: { repository: 'https://host/r', entry_point: 'run.py' }, container: { image: 'python' } },
      hyperparams: { Args: { lr: { section: 'Args', name: 'lr', value: '1' } } },
      configuration: { net: { name: 'net', value: '{}' } },
    })
    const answer = await bench.ok('tasks.reset', { task, status_reason: 'ignored', status_message: 'ignored' })
    const words = { status: 'created', status_reason: 'reset', status_message: 'reset' }
    const stamps = ['last_change', 'last_changed_by', 'last_update', 'status_changed']
    expect(answer).toMatchObject({ updated: 1, fields: words, dequeued: {}, events: {}, deleted_models: 0, urls: {} })
    expect(Object.keys(answer.fields).sort()).toEqual([...stamps, ...Object.keys(words)].sort())
    expect(await bench.taskNow(task)).toMatchObject({
      ...{ status: 'created', statusReason: 'reset', statusMessage: 'reset', enqueueStatus: null, queueId: null },
      ...{ lastIteration: 0, activeSeconds: null, worker: null, workerReportedAt: null },
      ...{ startedAt: null, completedAt: null, publishedAt: null, tags: ['kept'] },
    })
    const document = await readTask(bench, task)
    expect(document).toMatchObject({
      ...{ runtime: {}, last_metrics: {}, output: { destination: 's3://bucket' }, container: { image: 'python' } },
      models: { input: [{ name: 'in' }], output: [] },
      script: { repository: 'https://host/r' },
      hyperparams: { Args: { lr: { value: '1' } } },
      configuration: { net: { value: '{}' } },
    })
    expect(document.output).not.toHaveProperty('error')
    expect(document.execution.artifacts).toMatchObject([{ key: 'data', mode: 'input' }])
    expect(document.execution.framework).toBe('none')
  })

  it('success: files of its outputs that were uploaded here go, what it was given stays', async () => {
    const execution = (id: string) => ({
      artifacts: ['output', 'input'].map((mode) => ({
        ...{ key: 'data', type: 'json', mode },
        uri: `http://files.example:8081/p/t.${id}/${mode}.json`,
      })),
    })
    const [task, second] = [await bench.taskIn('completed'), await bench.taskIn('completed')]
    for (const id of [task, second]) {
      await bench.services.tasks.changeTask(bench.company, id, () => ({ set: { execution: execution(id) } }))
      await bench.draftModel({ task: id, uri: `http://files.example:8081/p/t.${id}/model.pt` })
    }
    await bench.ok('tasks.reset', { task: second, delete_external_artifacts: false })
    expect(await unneededFiles(bench)).toEqual([])
    await bench.ok('tasks.reset', { task })
    expect(await unneededFiles(bench)).toEqual([`p/t.${task}/model.pt`, `p/t.${task}/output.json`])
  })

  it('success: what it reported is forgotten', async () => {
    const task = await bench.taskIn('in_progress')
    const events = [{ type: 'log', task, msg: 'a line', timestamp: 1 }].map((event) => JSON.stringify(event)).join('\n')
    const headers = { 'content-type': 'application/json-lines' }
    await bench.ok('events.add_batch', undefined, { raw: events, headers })
    const total = async () => (await bench.ok('events.get_task_log', { task })).total
    expect(await total()).toBe(1)
    await bench.ok('tasks.reset', { task, force: true })
    expect(await total()).toBe(0)
  })

  it('success: clear_all takes script and execution too', async () => {
    const task = await bench.taskIn('stopped', {
      script: { repository: 'https://host/r', entry_point: 'run.py' },
      execution: { framework: 'none', artifacts: [artifact('input')] },
    })
    await bench.ok('tasks.reset', { task, clear_all: true })
    const { script, execution } = await readTask(bench, task)
    expect(script).toMatchObject({ repository: '', entry_point: '' })
    expect(execution).toEqual({ parameters: {}, model_desc: {}, model_labels: {}, artifacts: [] })
  })

  it('success: a native task without its script is one for agents, and its input stays its configuration', async () => {
    for (const input of ['{"texts":["a"]}', JSON.stringify({ texts: ['x'.repeat(70_000)] })]) {
      const task = await bench.agentsTask()
      const value = { name: 'input', type: 'json', value: input }
      const script = { repository: 'inferq', entry_point: 'embed.text' }
      await bench.ok('tasks.edit', { task, script, configuration: { input: value } })
      await bench.ok('tasks.reset', { task, clear_all: true })
      expect(await bench.taskNow(task)).toMatchObject({ job: null, input: null, inputKey: null })
      expect((await readTask(bench, task)).configuration).toEqual({ input: value })
    }
  })

  it('success: a task that waits leaves all queues, and the answer says how many', async () => {
    const [queue, second] = [await bench.newQueue(), await bench.newQueue()]
    const [task = ''] = await bench.waiting(queue.id, 1)
    await bench.ok('queues.add_task', { queue: second.id, task })
    expect((await bench.ok('tasks.reset', { task })).dequeued).toEqual({ removed: 2 })
    expect([await bench.entriesOf(queue.id), await bench.entriesOf(second.id)]).toEqual([[], []])
  })

  it('success: the job of a native task leaves its line, and the result of its last run is gone', async () => {
    const { id, queue } = await bench.queuedNative()
    expect((await bench.ok('tasks.reset', { task: id })).dequeued).toEqual({ removed: 1 })
    expect(await bench.entriesOf(queue.id)).toEqual([])
    await bench.ok('tasks.enqueue', { task: id, queue: queue.id })
    await bench.reportSuccess(id)
    await bench.ok('tasks.reset', { task: id })
    expect(await bench.taskNow(id)).toMatchObject({ status: 'created', result: null, worker: null, timings: null })
  })

  it('success: draft models go, but those that another task needs, and those only lose their maker', async () => {
    const task = await bench.taskIn('completed')
    const uri = 's3://bucket/weights'
    const [made, used] = [await bench.draftModel({ task, uri }), await bench.draftModel({ task })]
    const listed = await bench.draftModel()
    await bench.services.tasks.changeTask(bench.company, task, () => ({
      set: {
        models: { input: [], output: [{ name: 'l', model: listed }] },
        execution: { artifacts: [artifact('output')] },
      },
    }))
    await bench.agentsTask({ models: { input: [{ name: 'in', model: used }], output: [] } })
    const { deleted_models, urls } = await bench.ok('tasks.reset', { task, return_file_urls: true })
    expect(deleted_models).toBe(2)
    expect(urls.model_urls.sort()).toEqual(['file:///model', uri])
    expect(urls).toMatchObject({ artifact_urls: ['s3://bucket/output'], event_urls: [] })
    expect(await bench.readyOf([made, listed, used])).toEqual([null, null, false])
    expect((await bench.services.models.findModels(bench.company, [used]))[0]?.task).toBeNull()
  })

  it('success: delete_output_models false keeps them, without a maker', async () => {
    const task = await bench.taskIn('completed')
    const model = await bench.draftModel({ task })
    expect((await bench.ok('tasks.reset', { task, delete_output_models: false })).deleted_models).toBe(0)
    expect((await bench.services.models.findModels(bench.company, [model]))[0]?.task).toBeNull()
  })

  it('success: force resets a published task, and its published models stay', async () => {
    const task = await bench.taskIn('published')
    const model = await bench.draftModel({ task, ready: true })
    await bench.ok('tasks.reset', { task, force: true })
    expect((await bench.taskNow(task)).status).toBe('created')
    expect(await bench.services.models.findModels(bench.company, [model])).toMatchObject([{ ready: true, task: null }])
  })

  it('refusal: a published task is not reset without force', async () => {
    expect(await bench.codeOf('tasks.reset', { task: await bench.taskIn('published') })).toBe('400/110')
  })

  it('refusal: one whose outputs others may rely on is not reset without force', async () => {
    const [maker, lister, parent] = [
      await bench.taskIn('completed'),
      await bench.taskIn('completed', {
        models: { input: [], output: [{ name: 'm', model: await bench.draftModel({ ready: true }) }] },
      }),
      await bench.taskIn('completed'),
    ]
    await bench.draftModel({ task: maker, ready: true })
    const child = await bench.taskIn('published', { parent })
    for (const task of [maker, lister, parent]) {
      expect(await bench.codeOf('tasks.reset', { task })).toBe('400/123')
      expect((await bench.taskNow(task)).status).toBe('completed')
      expect(await bench.codeOf('tasks.reset', { task, force: true })).toBe('200/0')
    }
    expect((await bench.taskNow(child)).parent).toBe(parent)
  })

  it('refusal: a native task whose job a worker holds is not reset, queued or running', async () => {
    await bench.whileHeld(async ({ id }) => {
      expect(await bench.codeOf('tasks.reset', { task: id, force: true })).toBe('400/110')
      expect((await bench.taskNow(id)).status).toBe('in_progress')
    })
  })

  it('refusal: a task that is not the caller’s is not reset', async () => {
    expect(await bench.codesWhereNotOwn('tasks.reset', (task) => ({ task }))).toEqual(whereNotOwn)
  })

  it('wrong input: a task that is missing or no text is refused', async () => {
    expect(await bench.codeOf('tasks.reset', {})).toBe('400/12')
    expect(await bench.codeOf('tasks.reset', { task: [] })).toBe('400/12')
  })
})
