import { beforeAll, describe, expect, it } from 'vitest'
import {
  audioRequest,
  clip,
  createTask,
  endReady,
  newAssetId,
  url,
  videoRequest,
} from '../testing/media-tasks.fixture.ts'
import { listen } from '../testing/shared-parts.fixture.ts'
import { endTask, failed, startTwelvelabs, succeeded, type Twelvelabs } from '../testing/twelvelabs.fixture.ts'
import { wireId } from './wire-id.ts'

let twelvelabs: Twelvelabs
beforeAll(async () => {
  twelvelabs = await startTwelvelabs()
})

const date = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const read = (id: string) => twelvelabs.ok('GET', `/embed-v2/tasks/${id}`)
const fixed = { segmentation: { strategy: 'fixed', fixed: { duration_sec: 6 } } }

/** What is answered of a request's task once it is ready. */
async function ready(body: unknown, ending: Parameters<typeof endReady>[2] = {}) {
  const { id, task } = await createTask(twelvelabs, body)
  await endReady(twelvelabs, task, ending)
  return read(id)
}

describe('a task', () => {
  it('is processing until it has ended, with no data, no metadata and no error', async () => {
    const { id, task } = await createTask(twelvelabs)
    const processing = { _id: id, status: 'processing', created_at: date, updated_at: date, data: null }
    expect(await read(id)).toEqual(processing)
    await endTask(twelvelabs, task, { kind: 'started' })
    expect(await read(id)).toEqual(processing)
  })

  it('is ready with its vectors, and says what was asked for', async () => {
    const { id, task } = await createTask(twelvelabs, videoRequest({ embedding_option: ['visual'], ...fixed }))
    const embeddings = [
      clip(),
      clip({ start_sec: 6, end_sec: 12.5 }),
      clip({ embedding_scope: 'asset', end_sec: 12.5 }),
    ]
    await endReady(twelvelabs, task, { embeddings })
    const answer = await twelvelabs.call('GET', `/embed-v2/tasks/${id}`)
    expect(answer.headers.get('content-type')).toContain('application/json')
    expect(answer.body).toEqual({
      ...{ _id: id, status: 'ready', created_at: date, updated_at: date, data: embeddings },
      metadata: {
        ...{ input_type: 'video', input_url: url, clip_length: 6, duration: 12.5 },
        ...{ embedding_options: ['visual'], embedding_scopes: ['clip', 'asset'] },
      },
    })
    expect(answer.body.updated_at >= answer.body.created_at).toBe(true)
  })

  it('holds a large result too, number by number as it is kept', async () => {
    const embedding = Array.from({ length: 512 }, (_, i) => Math.sin(i))
    const embeddings = Array.from({ length: 400 }, (_, i) => clip({ start_sec: i, end_sec: i + 1, embedding }))
    const { data, metadata } = await ready(videoRequest(), { embeddings, asFile: true })
    expect(data).toEqual(embeddings)
    expect(metadata).toMatchObject({ duration: 12.5 })
  })

  it('is ready with nothing where there is nothing to embed', async () => {
    for (const asFile of [false, true]) {
      const { status, data } = await ready(audioRequest({ embedding_option: ['transcription'] }), {
        embeddings: [],
        asFile,
      })
      expect([status, data]).toEqual(['ready', []])
    }
  })

  it('says of a window what was given of it, and of clips their length where they have one', async () => {
    const said = async (body: unknown) => (await ready(body)).metadata
    const audio = { input_type: 'audio', input_url: url, duration: 12.5 }
    const all = { embedding_options: ['audio', 'transcription'], embedding_scopes: ['clip', 'asset'] }
    expect(await said(audioRequest(fixed))).toEqual({ ...audio, ...all })
    expect(await said(audioRequest({ start_sec: 0, embedding_scope: ['clip'] }))).toEqual({
      ...{ ...audio, ...all, embedding_scopes: ['clip'], start_offset_sec: 0 },
    })
    expect(await said(videoRequest({ start_sec: 1.5, end_sec: 9 }))).toMatchObject({
      ...{ start_offset_sec: 1.5, end_offset_sec: 9 },
    })
    expect(await said(videoRequest())).not.toHaveProperty('clip_length')
  })

  it('says the name of an uploaded file, and nothing of bytes that came with the request', async () => {
    const { company } = twelvelabs
    const asset = { id: newAssetId(), company, filename: 'my film (1).mp4', contentType: null, sizeBytes: 3 }
    await twelvelabs.store.assets.insertAsset({ ...asset, at: { path: `assets/${asset.id}/${asset.filename}` } })
    const named = await ready(videoRequest({ media_source: { asset_id: asset.id } }))
    expect(named.metadata).toMatchObject({ input_filename: 'my film (1).mp4' })
    expect(named.metadata).not.toHaveProperty('input_url')
    for (const bytes of [100, 100_000]) {
      const base64_string = Buffer.alloc(bytes, 1).toString('base64')
      const { metadata } = await ready(videoRequest({ media_source: { base64_string } }))
      expect(metadata).toMatchObject({ input_type: 'video', duration: 12.5 })
      expect(Object.keys(metadata).filter((name) => name.startsWith('input_'))).toEqual(['input_type'])
    }
  })

  it('has failed with a sentence for people, when it failed or was stopped', async () => {
    const [broken, stopped] = [await createTask(twelvelabs), await createTask(twelvelabs)]
    await endTask(twelvelabs, broken.task, failed('the medium could not be decoded'))
    await twelvelabs.services.stop(twelvelabs.company, stopped.task.id)
    const answer = { status: 'failed', created_at: date, updated_at: date, data: null }
    expect(await read(broken.id)).toEqual({
      ...{ _id: broken.id, ...answer, error: { message: 'the medium could not be decoded' } },
    })
    expect(await read(stopped.id)).toEqual({
      ...{ _id: stopped.id, ...answer, error: { message: expect.stringContaining('stopped') } },
    })
  })

  it('does not change any more after its end, whatever is done to it', async () => {
    const { id, task } = await createTask(twelvelabs)
    await endReady(twelvelabs, task)
    const before = await read(id)
    await twelvelabs.store.tasks.changeTask(twelvelabs.company, task.id, () => ({
      ...{ set: { status: 'published', publishedAt: 'now', tags: ['x'] }, counts: 'status' },
    }))
    expect(await read(id)).toEqual(before)
  })

  it('that came over another language is shown as well', async () => {
    const { submit } = twelvelabs.services
    const input = { source: { url }, segmentation: { strategy: 'fixed', duration_sec: 60 } }
    const owner = { company: twelvelabs.company, user: twelvelabs.user.id, queue: 'default' }
    await submit({ ...owner, job: 'embed.video', input })
    const { data } = await twelvelabs.ok('GET', '/embed-v2/tasks?page_limit=1')
    expect(data[0]).toMatchObject({
      model_name: 'marengo3.0',
      video_embedding: { metadata: { video_clip_length: 60 } },
    })
    expect(await read(data[0]._id)).toMatchObject({ status: 'processing' })
  })

  it('of which nobody knows any more how it was asked for has no metadata, rather than a part of it', async () => {
    const media_source = { base64_string: Buffer.alloc(65_536, 1).toString('base64') }
    const { id, task } = await createTask(twelvelabs, videoRequest({ media_source }))
    await endReady(twelvelabs, task)
    await twelvelabs.files.delete(task.inputKey ?? '')
    expect(await read(id)).toEqual({ _id: id, status: 'ready', created_at: date, updated_at: date, data: [clip()] })
    const { data } = await twelvelabs.ok('GET', '/embed-v2/tasks?page_limit=1')
    expect(data).toEqual([{ _id: id, status: 'ready', created_at: date, updated_at: date, model_name: 'marengo3.0' }])
  })

  it('whose result is gone is a fault, and never ready without its vectors', async () => {
    const { id, task } = await createTask(twelvelabs)
    await endReady(twelvelabs, task, { asFile: true })
    await twelvelabs.files.delete(`results/${task.id}-1-1.json`)
    const answer = await twelvelabs.call('GET', `/embed-v2/tasks/${id}`)
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal_server_error' } })
    expect(answer.body.message).not.toContain(task.id)
  })
})

describe('a task that is not there', () => {
  const notFound = { status: 404, body: { code: 'resource_not_exist', message: expect.stringMatching(/./) } }

  it.each([
    'x',
    '0',
    '%20',
    '%2F',
    '%zz',
    '%',
    'a%2Fb',
    'a/b',
    '65a1b2c3d4e5f60718293a4b',
    'ü'.repeat(300),
    'x'.repeat(3_000),
  ])('is not found by an id of any shape: %s', async (id) => {
    expect(await twelvelabs.call('GET', `/embed-v2/tasks/${id}`)).toMatchObject(notFound)
  })

  it('is not found by another company, by another time of the same number, nor as another job', async () => {
    const { id } = await createTask(await startTwelvelabs())
    expect(await twelvelabs.call('GET', `/embed-v2/tasks/${id}`)).toMatchObject(notFound)
    const own = await createTask(twelvelabs)
    for (const other of [`00000000${own.id.slice(8)}`, own.id.toUpperCase(), `${own.id}0`, own.task.id]) {
      expect(await twelvelabs.call('GET', `/embed-v2/tasks/${other}`)).toMatchObject(notFound)
    }
    const answer = await twelvelabs.services.submit({
      ...{ company: twelvelabs.company, user: twelvelabs.user.id, job: 'echo', input: {}, queue: 'default' },
    })
    if ('error' in answer) throw answer.error
    const { createdAt, number } = answer.task
    expect(await twelvelabs.call('GET', `/embed-v2/tasks/${wireId({ createdAt, number })}`)).toMatchObject(notFound)
  })

  it('is not found once it is older than tasks are kept, unless it has not ended', async () => {
    const [old, waiting] = [await createTask(twelvelabs), await createTask(twelvelabs)]
    await endTask(twelvelabs, old.task, succeeded({}))
    const at = await listen({ ...twelvelabs.services, settings: { queue: 'default', retentionMs: 0 } })
    expect(await twelvelabs.call('GET', `/embed-v2/tasks/${old.id}`, { at })).toMatchObject(notFound)
    expect(await twelvelabs.call('GET', `/embed-v2/tasks/${waiting.id}`, { at })).toMatchObject({ status: 200 })
  })
})
