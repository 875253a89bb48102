import { newTaskId } from '@inferq/domain'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { storeFinishedJob, storeTask } from '../testing/stored-task.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const get = async (task: string, version?: string) =>
  (await clearml.ok('tasks.get_by_id', { task }, version === undefined ? {} : { version })).task
const dateForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/

describe('tasks.get_by_id', () => {
  it('success: shows every field that has a value, the empty parts too, and no other', async () => {
    const { id } = await storeTask(clearml)
    const date = expect.stringMatching(dateForm)
    expect(await get(id)).toEqual({
      ...{ id, name: 'a task', user: clearml.user.id, company: clearml.company, type: 'training', status: 'created' },
      ...{ created: date, last_update: date, last_change: date, last_changed_by: clearml.user.id, last_iteration: 0 },
      script: { binary: 'python', repository: '', entry_point: '', requirements: {} },
      execution: { parameters: {}, model_desc: {}, model_labels: {}, artifacts: [] },
      models: { input: [], output: [] },
      ...{ output: {}, container: {}, hyperparams: {}, configuration: {}, runtime: {}, last_metrics: {} },
      ...{ tags: [], system_tags: [] },
    })
  })

  it('success: shows all that is kept of a task, references as plain ids', async () => {
    const project = await clearml.store.projects.ensureProject(
      { company: clearml.company, user: clearml.user.id },
      'a/b',
    )
    const queue = await clearml.store.queues.createQueue(clearml.company, { name: 'shows all' })
    const parent = newTaskId()
    const at = new Date('2026-01-02T03:04:05.678Z')
    const wireAt = '2026-01-02T03:04:05.678+00:00'
    const item = { section: 'Args', name: 'lr', value: '0.1' }
    const { id } = await storeTask(
      clearml,
      {
        ...{ project: project.id, parent, comment: 'why', tags: ['b', 'a', 'C'], systemTags: ['z', 'development'] },
        container: { image: 'cuda:12', arguments: '--ipc=host' },
        models: { input: [{ name: 'in', model: 'm1', updated: wireAt }], output: [] },
        hyperparams: { Args: { lr: item } },
        configuration: { General: { name: 'General', value: 'x: 1' } },
        ...{ runtime: { _key: 'v' }, output: { destination: 's3://b' }, lastMetrics: { m: { v: { value: 1 } } } },
        lastIteration: 7,
      },
      {
        ...{ status: 'in_progress', statusReason: '', statusMessage: 'pulled by agent', statusChangedAt: at },
        ...{ createdAt: at, startedAt: at, completedAt: at, publishedAt: at, workerReportedAt: at },
        ...{ activeSeconds: 5, worker: 'agent-1', queueId: queue.id, changedBy: 'someone' },
      },
    )
    expect(await get(id)).toMatchObject({
      ...{ project: project.id, parent, comment: 'why', tags: ['C', 'a', 'b'], system_tags: ['development', 'z'] },
      ...{ status: 'in_progress', status_reason: '', status_message: 'pulled by agent', status_changed: wireAt },
      ...{ created: wireAt, started: wireAt, completed: wireAt, published: wireAt, last_worker_report: wireAt },
      ...{ active_duration: 5, last_worker: 'agent-1', last_changed_by: 'someone', last_iteration: 7 },
      execution: { queue: queue.id, artifacts: [] },
      container: { image: 'cuda:12', arguments: '--ipc=host' },
      models: { input: [{ name: 'in', model: 'm1', updated: wireAt }], output: [] },
      hyperparams: { Args: { lr: item } },
      configuration: { General: { name: 'General', value: 'x: 1' } },
      ...{ runtime: { _key: 'v' }, output: { destination: 's3://b' }, last_metrics: { m: { v: { value: 1 } } } },
    })
  })

  it('success: the last change is the later of an update and an edit', async () => {
    const task = await storeTask(clearml, {}, { name: 'edited later' })
    const { last_update, last_change } = await get(task.id)
    expect(Date.parse(last_update)).toBe(task.updatedAt.getTime())
    expect(Date.parse(last_change)).toBe(task.editedAt?.getTime())
  })

  it("success: a job's input and result show as configuration and artifact", async () => {
    const artifacts = [{ key: 'zebra', type: 'json', mode: 'output' as const, uri: 's3://b/z' }]
    const { id, completedAt } = await storeFinishedJob(
      clearml,
      { input: '{"texts":["é"]}', execution: { artifacts } },
      { result: '{"embeddings":["é"]}' },
    )
    const task = await get(id)
    expect(task).toMatchObject({
      script: { repository: 'inferq', entry_point: 'embed.text' },
      configuration: { input: { name: 'input', type: 'json', value: '{"texts":["é"]}' } },
    })
    expect(task.execution.artifacts).toEqual([
      {
        ...{ key: 'result', type: 'json', mode: 'output', content_size: Buffer.byteLength('{"embeddings":["é"]}') },
        uri: expect.stringMatching(new RegExp(`^https?://.+/v1/tasks/${id}/result$`)),
        timestamp: Math.floor((completedAt?.getTime() ?? 0) / 1000),
        type_data: { preview: '{"embeddings":["é"]}', content_type: 'application/json' },
      },
      artifacts[0],
    ])
  })

  it('success: input and result are read from their files where they are too large for the row', async () => {
    const input = JSON.stringify({ texts: ['x'.repeat(70_000)] })
    const result = JSON.stringify({ embeddings: ['y'.repeat(70_000)] })
    const { files } = clearml.ports
    await files.put('test/input.json', input)
    await files.put('test/result.json', result)
    const { id } = await storeFinishedJob(
      clearml,
      { inputKey: 'test/input.json' },
      { result: null, resultKey: 'test/result.json' },
    )
    const task = await get(id)
    expect(task.configuration.input.value).toBe(input)
    const [artifact] = task.execution.artifacts
    expect(artifact).toMatchObject({ content_size: result.length, type_data: { preview: result.slice(0, 1024) } })
  })

  it('success: a job that has not ended has no result, and one without input no such configuration', async () => {
    const { id } = await storeTask(clearml, { job: 'embed.text' })
    expect(await get(id)).toMatchObject({ configuration: {}, execution: { artifacts: [] } })
  })

  it('success: finds hidden tasks, and public ones of another company', async () => {
    const hidden = await storeTask(clearml, { systemTags: ['hidden'] })
    expect(await get(hidden.id)).toMatchObject({ system_tags: ['hidden'] })
    const other = await startClearml()
    const { id } = await storeTask(other, {}, { company: '', companyOrigin: other.company })
    const found = await get(id)
    expect(found).toMatchObject({ id, company: '' })
    expect(found).not.toHaveProperty('company_origin')
  })

  it('success: never tells the status before the enqueue', async () => {
    const { id } = await storeTask(clearml, {}, { status: 'queued', enqueueStatus: 'created' })
    expect(await get(id)).not.toHaveProperty('enqueue_status')
  })

  it('success: shows older clients what they knew under other names', async () => {
    const legacy = (section: string, name: string) => ({ section, name, value: '1', type: 'legacy' })
    const { id } = await storeTask(clearml, {
      models: {
        input: [{ name: 'a', model: 'm1' }],
        output: [
          { name: 'b', model: 'm2' },
          { name: 'c', model: 'm3' },
        ],
      },
      container: { image: 'cuda:12', arguments: '--ipc=host' },
      hyperparams: {
        Args: { old: legacy('Args', 'old'), fresh: { section: 'Args', name: 'fresh', value: '2' } },
        TF_DEFINE: { x: legacy('TF_DEFINE', 'x') },
      },
      configuration: { design: { name: 'design', value: 'layers', type: 'legacy' } },
      ...{ tags: ['a'], systemTags: ['development'] },
    })
    expect(await get(id, '2.13')).toMatchObject({ execution: { parameters: {}, model_desc: {} }, output: {} })
    const before213 = await get(id, '2.12')
    expect(before213).toMatchObject({
      execution: { model: 'm1', docker_cmd: 'cuda:12 --ipc=host', parameters: {} },
      output: { model: 'm3' },
    })
    expect(await get(id, '2.5')).toMatchObject({
      execution: { parameters: { old: '1', 'TF_DEFINE/x': '1' }, model_desc: { design: 'layers' } },
      ...{ tags: ['a'], system_tags: ['development'] },
    })
    expect((await get(id, '2.2')).tags).toEqual(['a', 'development'])
  })

  it('refusal: an unknown id, one that is none, and the task of another company are all not found', async () => {
    const foreign = await storeTask(await startClearml())
    for (const id of [newTaskId(), 'no id', '', foreign.id]) {
      const answer = await clearml.call('tasks.get_by_id', { task: id })
      expect(answer).toMatchObject({ status: 400, subcode: 101, data: {} })
    }
  })

  it.each([[{}], [{ task: null }], [{ task: 5 }], [{ task: ['a'] }]])('wrong input: %j', async (request) => {
    expect(await clearml.call('tasks.get_by_id', request)).toMatchObject({ status: 400, subcode: 12 })
  })
})
