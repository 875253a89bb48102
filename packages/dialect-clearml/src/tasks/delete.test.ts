import { beforeAll, describe, expect, it } from 'vitest'
import { unknownId } from '../queues/queues.fixture.ts'
import { type StatusBench, startStatuses, unneededFiles, whereNotOwn } from './status.fixture.ts'

let bench: StatusBench
beforeAll(async () => {
  bench = await startStatuses()
})

const isGone = async (task: string) => (await bench.codeOf('tasks.get_by_id', { task })) === '400/101'
const modelNow = async (id: string) => (await bench.services.models.findModels(bench.company, [id]))[0]

describe('tasks.delete', () => {
  it('success: a draft is gone, whatever is said of a trash', async () => {
    const task = await bench.agentsTask()
    expect(await bench.ok('tasks.delete', { task, move_to_trash: true })).toEqual({
      ...{ deleted: true, updated_children: 0, updated_models: 0, deleted_models: 0, urls: null },
    })
    expect(await isGone(task)).toBe(true)
  })

  it('success: an archived task is gone, whatever its status', async () => {
    const task = await bench.taskIn('completed', { systemTags: ['archived'] })
    await bench.ok('tasks.delete', { task })
    expect(await isGone(task)).toBe(true)
  })

  it('success: force deletes a task that waits, out of all queues', async () => {
    const [queue, second] = [await bench.newQueue(), await bench.newQueue()]
    const [task = ''] = await bench.waiting(queue.id, 1)
    await bench.ok('queues.add_task', { queue: second.id, task })
    await bench.ok('tasks.delete', { task, force: true })
    expect([await bench.entriesOf(queue.id), await bench.entriesOf(second.id)]).toEqual([[], []])
  })

  it('success: its children say that their parent was deleted', async () => {
    const parent = await bench.agentsTask()
    const children = [await bench.agentsTask({ parent }), await bench.taskIn('completed', { parent })]
    expect((await bench.ok('tasks.delete', { task: parent })).updated_children).toBe(2)
    for (const id of children) expect((await bench.taskNow(id)).parent).toBe(`__DELETED__${parent}`)
  })

  it('success: draft models go, but those that another task needs, which only lose their maker', async () => {
    const task = await bench.agentsTask()
    const uri = 's3://bucket/weights'
    const [made, used] = [await bench.draftModel({ task, uri }), await bench.draftModel({ task })]
    await bench.agentsTask({ models: { input: [{ name: 'in', model: used }], output: [] } })
    const answer = await bench.ok('tasks.delete', { task, return_file_urls: true })
    expect(answer).toMatchObject({ deleted_models: 1, updated_models: 0 })
    expect(answer.urls).toEqual({ model_urls: [uri], artifact_urls: [], event_urls: [] })
    expect(await modelNow(made)).toBeUndefined()
    expect(await modelNow(used)).toMatchObject({ task: null })
  })

  it('success: drafts that are to stay, and with force published models, say that their task was deleted', async () => {
    const task = await bench.agentsTask()
    const [draft, ready] = [await bench.draftModel({ task }), await bench.draftModel({ task, ready: true })]
    const answer = await bench.ok('tasks.delete', { task, force: true, delete_output_models: false })
    expect(answer).toMatchObject({ deleted_models: 0, updated_models: 2 })
    for (const id of [draft, ready]) expect(await modelNow(id)).toMatchObject({ task: `__DELETED__${task}` })
  })

  it('success: the answer names the files of its artifacts', async () => {
    const artifacts = [
      { key: 'a', type: 'json', mode: 'output', uri: 's3://bucket/a' },
      { key: 'b', type: 'json', mode: 'input', uri: 's3://bucket/b' },
      { key: 'c', type: 'json', mode: 'output' },
    ]
    const task = await bench.agentsTask({ execution: { artifacts } })
    const { urls } = await bench.ok('tasks.delete', { task, return_file_urls: true })
    expect(urls.artifact_urls).toEqual(['s3://bucket/a'])
  })

  it('success: files of the task that were uploaded here go with it, those elsewhere and of other tasks stay', async () => {
    const task = await bench.agentsTask()
    const other = await bench.agentsTask()
    const host = 'http://files.example:8081'
    const published = `${host}/p/t.${task}/models/published.pt`
    const artifacts = [
      { key: 'a', mode: 'output', uri: `${host}/p/t.${task}/artifacts/a%20b/c.json` },
      { key: 'b', mode: 'output', uri: `http://api.example/files/p/t.${task}/artifacts/d.json` },
      { key: 'c', mode: 'output', uri: `${host}/p/t.${other}/artifacts/not-its-own.json` },
      { key: 'd', mode: 'output', uri: `s3://bucket/p/t.${task}/artifacts/elsewhere.json` },
      { key: 'e', mode: 'output', uri: `${host}/loose.json` },
      { key: 'f', mode: 'output', uri: published },
      { key: 'g', mode: 'output', uri: `${host}/p/t.${task}/given.json` },
      { key: 'g', mode: 'input', uri: `${host}/p/t.${task}/given.json` },
    ].map((artifact) => ({ type: 'json', ...artifact }))
    await bench.services.tasks.changeTask(bench.company, task, () => ({ set: { execution: { artifacts } } }))
    await bench.draftModel({ task, uri: `${host}/p/t.${task}/models/draft.pt` })
    await bench.draftModel({ task, ready: true, uri: published })
    await bench.ok('tasks.delete', { task, force: true })
    expect(await unneededFiles(bench)).toEqual([
      ...[`p/t.${task}/artifacts/a b/c.json`, `p/t.${task}/artifacts/d.json`, `p/t.${task}/models/draft.pt`],
    ])
  })

  it('success: they stay when the request says so, and those of models that stay', async () => {
    const [task, second] = [await bench.agentsTask(), await bench.agentsTask()]
    const uri = `http://files.example/p/t.${task}/models/draft.pt`
    await bench.draftModel({ task, uri })
    await bench.draftModel({ task: second, uri: uri.replace(task, second) })
    await bench.ok('tasks.delete', { task, delete_external_artifacts: false })
    await bench.ok('tasks.delete', { task: second, delete_output_models: false })
    expect(await unneededFiles(bench)).toEqual([])
  })

  it('success: a native task takes its job and its files with it', async () => {
    const { id, queue } = await bench.queuedNative()
    await bench.ports.files.put('inputs/deleted.json', '{}')
    await bench.services.tasks.changeTask(bench.company, id, () => ({ set: { inputKey: 'inputs/deleted.json' } }))
    await bench.ok('tasks.delete', { task: id, force: true })
    expect(await bench.entriesOf(queue.id)).toEqual([])
    expect(await bench.ports.files.getText('inputs/deleted.json')).toBeNull()
  })

  it('success: force deletes a native task that runs; what its worker reports later is of nothing', async () => {
    await bench.whileHeld(async ({ id }) => {
      await bench.ok('tasks.delete', { task: id, force: true })
      await bench.reportSuccess(id, 1)
      expect(await isGone(id)).toBe(true)
    })
  })

  it('success: the steps of a controller go with it on demand, whatever their status', async () => {
    const task = await bench.agentsTask({ type: 'controller' })
    const step = await bench.taskIn('completed', { parent: task })
    await bench.ok('tasks.delete', { task, include_pipeline_steps: true })
    expect(await isGone(step)).toBe(true)
  })

  it('refusal: a task that is neither a draft nor archived is not deleted without force', async () => {
    const task = await bench.taskIn('completed')
    expect(await bench.codeOf('tasks.delete', { task })).toBe('400/123')
    expect(await isGone(task)).toBe(false)
    expect(await bench.codeOf('tasks.delete', { task, force: true })).toBe('200/0')
  })

  it('refusal: one whose outputs others may rely on is not deleted without force', async () => {
    const [maker, parent, lister] = [
      await bench.agentsTask(),
      await bench.agentsTask(),
      await bench.agentsTask({
        models: { input: [], output: [{ name: 'm', model: await bench.draftModel({ ready: true }) }] },
      }),
    ]
    await bench.draftModel({ task: maker, ready: true })
    await bench.taskIn('published', { parent })
    for (const task of [maker, parent, lister]) {
      expect(await bench.codeOf('tasks.delete', { task })).toBe('400/123')
      expect(await isGone(task)).toBe(false)
    }
  })

  it('refusal: a native task whose job a worker has just taken is not deleted under its hands', async () => {
    const { id, queue } = await bench.queuedNative()
    const holder = await bench.holdFirst(queue.name)
    expect(await bench.codeOf('tasks.delete', { task: id, force: true })).toBe('400/110')
    expect(await isGone(id)).toBe(false)
    await holder.letGo()
  })

  it('refusal: a task that is not the caller’s is not deleted', async () => {
    expect(await bench.codesWhereNotOwn('tasks.delete', (task) => ({ task, force: true }))).toEqual(whereNotOwn)
    expect(await bench.codeOf('tasks.delete', { task: unknownId })).toBe('400/101')
  })

  it('wrong input: a task that is missing or no text is refused', async () => {
    expect(await bench.codeOf('tasks.delete', { force: true })).toBe('400/12')
    expect(await bench.codeOf('tasks.delete', { task: 1 })).toBe('400/12')
  })
})
