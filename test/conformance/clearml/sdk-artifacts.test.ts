import { freePort } from '@inferq/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { initTask, reload } from '../../lib/clearml-sdk/actions.ts'
import { outputFolder, type SdkFiles, sdkFiles } from '../../lib/clearml-sdk/files.ts'
import { type SdkSystem, startSdkSystem } from '../../lib/clearml-sdk/system.ts'
import type { SdkSession } from '../../lib/clearml-sdk/wire.ts'

const ownPort = await freePort()
let system: SdkSystem
let sdk: SdkSession
beforeAll(async () => {
  system = await startSdkSystem({ api: { INFERQ_FILES_PORT: `${ownPort}` } })
  sdk = system.sdk
})
afterAll(() => system?.stop())

const underApi = () => `${system.inferq.url}/files`
const servers = [
  { where: 'under the api', server: underApi },
  { where: 'on a port of its own', server: () => `http://127.0.0.1:${ownPort}` },
]
const newTask = (name: string) => initTask(sdk, { project: 'my artifacts', name })
const content = Buffer.from(Uint8Array.from({ length: 70_000 }, (_, place) => place % 251))

/** `Task.upload_artifact`: the file goes first, then the task is told of it. */
async function uploadArtifact(files: SdkFiles, task: { id: string; name: string }, key: string, data = content) {
  const uri = await files.upload(`${outputFolder('my artifacts', task)}/artifacts/${key}/data file.bin`, data)
  const artifact = {
    ...{ key, type: 'custom', mode: 'output', uri, content_size: data.length, hash: 'a'.repeat(64) },
    ...{ timestamp: 1_700_000_000, display_data: [['rows', '7']] },
    type_data: { preview: 'some bytes', content_type: 'application/octet-stream', data_hash: 'b'.repeat(64) },
  }
  const request = { task: task.id, artifacts: [artifact], force: true }
  const { updated } = await sdk.ok('tasks.add_or_update_artifacts', request)
  return { artifact, updated }
}

const artifactsOf = async (task: string) => (await reload(sdk, task)).execution.artifacts

describe.each(servers)('artifacts on a file server $where', ({ server }) => {
  it('are uploaded, told to the task, and read back from where the task says', async () => {
    const files = sdkFiles(server(), sdk)
    const task = await newTask('uploads (v1) #1 ä')
    const { artifact, updated } = await uploadArtifact(files, task, 'my data')
    expect(updated).toBe(1)
    const [found] = await artifactsOf(task.id)
    expect(found).toEqual(artifact)
    const { status, content: read } = await files.download(found.uri)
    expect(status).toBe(200)
    expect(read.equals(content)).toBe(true)
    expect(await files.exists(found.uri)).toBe(true)
  })

  it('replace the one of the same name', async () => {
    const files = sdkFiles(server(), sdk)
    const task = await newTask('replaced')
    await uploadArtifact(files, task, 'data')
    const { artifact } = await uploadArtifact(files, task, 'data', Buffer.from('newer'))
    expect(await artifactsOf(task.id)).toEqual([artifact])
    expect((await files.download(artifact.uri)).content.toString()).toBe('newer')
  })

  it('may be empty', async () => {
    const files = sdkFiles(server(), sdk)
    const { artifact } = await uploadArtifact(files, await newTask('nothing in it'), 'empty', Buffer.alloc(0))
    expect(await files.download(artifact.uri)).toEqual({ status: 200, content: Buffer.alloc(0) })
  })

  it('are deleted from the task first, and then from the server', async () => {
    const files = sdkFiles(server(), sdk)
    const task = await newTask('deletes')
    const { artifact } = await uploadArtifact(files, task, 'goes')
    const { artifact: kept } = await uploadArtifact(files, task, 'stays')
    const request = { task: task.id, artifacts: [{ key: 'goes', mode: 'output' }], force: true }
    expect((await sdk.ok('tasks.delete_artifacts', request)).deleted).toBeGreaterThan(0)
    expect(await artifactsOf(task.id)).toEqual([kept])
    expect(await files.remove(artifact.uri)).toBe(200)
    expect((await files.download(artifact.uri)).status).toBe(404)
    expect(await files.exists(artifact.uri)).toBe(false)
    expect(await files.remove(artifact.uri)).toBe(404)
    expect((await files.download(kept.uri)).status).toBe(200)
  })

  it('are for nobody without a token that is good', async () => {
    const files = sdkFiles(server(), sdk)
    const { artifact } = await uploadArtifact(files, await newTask('closed'), 'secret')
    const strangers = sdkFiles(server(), { token: 'not.a.token' })
    expect((await strangers.download(artifact.uri)).status).toBe(401)
    expect(await strangers.remove(artifact.uri)).toBe(401)
    await expect(strangers.upload('somewhere/file', 'x')).rejects.toThrow('401')
    expect((await fetch(artifact.uri)).status).toBe(401)
  })
})

describe('the file servers', () => {
  it('are one: what is uploaded to one is there in the other', async () => {
    const ownServer = `http://127.0.0.1:${ownPort}`
    const uri = await sdkFiles(underApi(), sdk).upload('shared/file.txt', 'the same')
    const other = await sdkFiles(ownServer, sdk).download(uri.replace(underApi(), ownServer))
    expect(other.content.toString()).toBe('the same')
  })

  it('take a file at the root of the api when its name begins with their folder, as clients with another server send it', async () => {
    const uri = await sdkFiles(system.inferq.url, sdk).upload('files/elsewhere/file.txt', 'from afar')
    expect(uri).toBe(`${underApi()}/elsewhere/file.txt`)
    expect((await sdkFiles(underApi(), sdk).download(uri)).content.toString()).toBe('from afar')
  })

  it('answer a look at their root', async () => {
    for (const { server } of servers) {
      const response = await fetch(server(), { headers: { authorization: `Bearer ${sdk.token}` } })
      expect(response.status).toBe(200)
      expect(await response.text()).toContain('OK')
    }
  })
})

describe('files of debug images', () => {
  it('go the same way, and are named by the events', async () => {
    const files = sdkFiles(underApi(), sdk)
    const task = await newTask('pictures')
    const { id } = task
    const path = `${outputFolder('my artifacts', task)}/metrics/samples/first/samples_first_00000001.png`
    const url = await files.upload(path, content)
    const event = { type: 'training_debug_image', task: id, timestamp: 1_700_000_000_000, iter: 1, url, key: path }
    const batch = [{ ...event, metric: 'samples', variant: 'first' }]
    expect((await sdk.batch('events.add_batch', batch)).data).toMatchObject({ added: 1, errors: 0 })
    const metrics = [{ task: id, metric: 'samples', variants: ['first'] }]
    const shown = await sdk.ok('events.debug_images', { metrics, iters: 1 })
    const [shownEvent] = shown.metrics[0].iterations[0].events
    expect((await files.download(shownEvent.url)).content.equals(content)).toBe(true)
  })
})

describe('Task.delete', () => {
  it('reads what belongs to the task, deletes it, and then each file, whoever comes first', async () => {
    const files = sdkFiles(underApi(), sdk)
    const task = await newTask('goes with its files')
    const { artifact } = await uploadArtifact(files, task, 'data')
    const weights = await files.upload(`${outputFolder('my artifacts', task)}/models/best.pt`, 'weights')
    const { id: model } = await sdk.ok('models.create', { name: 'weights', uri: weights, task: task.id, ready: false })
    await sdk.ok('tasks.add_or_update_model', { task: task.id, name: 'best', model, type: 'output' })

    const { execution } = await reload(sdk, task.id)
    expect(execution.artifacts).toMatchObject([{ mode: 'output', uri: artifact.uri }])
    const { models } = await sdk.ok('models.get_all', { task: [task.id], only_fields: ['id', 'uri'] })
    expect(models).toEqual([{ id: model, uri: weights }])
    for (const event_type of ['training_debug_image', 'plot']) {
      const request = { task: task.id, order: 'asc', batch_size: 10_000, event_type }
      expect(await sdk.ok('events.get_task_events', request)).toMatchObject({ events: [], returned: 0, total: 0 })
    }
    expect(await sdk.ok('tasks.delete', { task: task.id, force: true })).toMatchObject({
      ...{ deleted: true, deleted_models: 1 },
    })
    expect(await sdk.call('models.delete', { model, force: false })).toMatchObject({ status: 400, subcode: 201 })
    for (const uri of [artifact.uri, weights]) {
      expect((await files.download(uri)).status).toBe(404)
      expect(await files.remove(uri)).toBe(200)
    }
  })
})
