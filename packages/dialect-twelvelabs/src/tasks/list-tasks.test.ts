import type { JobName } from '@inferq/contracts'
import { beforeAll, describe, expect, it } from 'vitest'
import { audioRequest, clip, createTask, endReady, url, videoRequest } from '../testing/media-tasks.fixture.ts'
import { listen } from '../testing/shared-parts.fixture.ts'
import { endTask, failed, startTwelvelabs, type Twelvelabs } from '../testing/twelvelabs.fixture.ts'

const day = 24 * 60 * 60 * 1_000
const date = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const list = (of: Twelvelabs, query = '') => of.ok('GET', `/embed-v2/tasks${query}`)
const idsOf = ({ data }: { data: { _id: string }[] }) => data.map(({ _id }) => _id)

describe('an item of a list', () => {
  let twelvelabs: Twelvelabs
  beforeAll(async () => {
    twelvelabs = await startTwelvelabs()
  })
  const first = async () => (await list(twelvelabs)).data[0]

  it('says what was asked for, by the names that lists have for it', async () => {
    const said = { start_sec: 1, end_sec: 9, segmentation: { strategy: 'fixed', fixed: { duration_sec: 6 } } }
    const video = await createTask(twelvelabs, videoRequest({ ...said, embedding_option: ['visual'] }))
    const common = { status: 'processing', model_name: 'marengo3.0', created_at: date, updated_at: date }
    expect(await first()).toEqual({
      ...{ _id: video.id, ...common },
      video_embedding: {
        metadata: {
          ...{ input_url: url, video_clip_length: 6 },
          ...{ video_embedding_option: ['visual'], video_embedding_scope: ['clip', 'asset'] },
        },
      },
    })
    const audio = await createTask(twelvelabs, audioRequest({ ...said, embedding_scope: ['asset'] }))
    expect(await first()).toEqual({
      ...{ _id: audio.id, ...common },
      audio_embedding: {
        metadata: {
          ...{ input_url: url, start_offset_sec: 1, end_offset_sec: 9 },
          ...{ audio_embedding_option: ['audio', 'transcription'], audio_embedding_scope: ['asset'] },
        },
      },
    })
  })

  it('knows how long a medium is once the task is ready, whether its result is small or large', async () => {
    const embeddings = Array.from({ length: 300 }, () => clip({ embedding: Array.from({ length: 100 }, Math.random) }))
    for (const ending of [{}, { embeddings, asFile: true }]) {
      const { task } = await createTask(twelvelabs, audioRequest())
      await endReady(twelvelabs, task, ending)
      const item = await first()
      expect(item).toMatchObject({ status: 'ready', audio_embedding: { metadata: { duration: 12.5 } } })
      expect(item).not.toHaveProperty('data')
    }
  })

  it('of a task that failed has no error, and one whose result is gone is listed without its length', async () => {
    const broken = await createTask(twelvelabs)
    await endTask(twelvelabs, broken.task, failed('it broke'))
    expect(await first()).toMatchObject({ _id: broken.id, status: 'failed' })
    const gone = await createTask(twelvelabs)
    await endReady(twelvelabs, gone.task, { asFile: true })
    await twelvelabs.files.delete(`results/${gone.task.id}-1-1.json`)
    const { metadata } = (await first()).video_embedding
    expect([metadata.input_url, 'duration' in metadata]).toEqual([url, false])
  })
})

describe('a list', () => {
  let twelvelabs: Twelvelabs
  /** The newest first: one that failed, two that are ready, and ten that wait. */
  const ids: string[] = []
  beforeAll(async () => {
    twelvelabs = await startTwelvelabs()
    for (let i = 0; i < 13; i++) {
      const { id, task } = await createTask(twelvelabs)
      ids.unshift(id)
      if (i === 12) await endTask(twelvelabs, task, failed('it broke'))
      if (i === 10 || i === 11) await endReady(twelvelabs, task)
    }
  })

  it('holds the newest first, ten of them when nothing else is said', async () => {
    const { data, page_info } = await list(twelvelabs)
    expect(idsOf({ data })).toEqual(ids.slice(0, 10))
    expect(page_info).toEqual({ page: 1, limit_per_page: 10, total_page: 2, total_results: 13 })
  })

  it('goes on page by page, and is empty past its end', async () => {
    const pages = [1, 2, 3, 4].map((page) => list(twelvelabs, `?page=${page}&page_limit=5`))
    const found = await Promise.all(pages)
    expect(found.map(({ data }) => data.length)).toEqual([5, 5, 3, 0])
    expect(found.flatMap(idsOf)).toEqual(ids)
    expect(found[3].page_info).toEqual({ page: 4, limit_per_page: 5, total_page: 3, total_results: 13 })
    for (const page of ['1000000', '9'.repeat(30)]) {
      expect((await list(twelvelabs, `?page=${page}&page_limit=50`)).data).toEqual([])
    }
    const { page_info } = await list(await startTwelvelabs())
    expect(page_info).toEqual({ page: 1, limit_per_page: 10, total_page: 0, total_results: 0 })
  })

  it('holds tasks of one status alone, if that is asked for', async () => {
    const of = async (status: string) => idsOf(await list(twelvelabs, `?status=${status}&page_limit=50`))
    expect(await of('failed')).toEqual(ids.slice(0, 1))
    expect(await of('ready')).toEqual(ids.slice(1, 3))
    expect(await of('processing')).toEqual(ids.slice(3))
  })

  it('holds tasks that were made within a time', async () => {
    const [now, total] = [Date.now(), async (query: string) => (await list(twelvelabs, query)).page_info.total_results]
    const at = (offset: number) => new Date(now + offset).toISOString()
    expect(await total(`?started_at=${encodeURIComponent(at(-day))}`)).toBe(13)
    expect(await total(`?started_at=${at(day)}`)).toBe(0)
    expect(await total(`?ended_at=${at(day)}&started_at=2001-01-02T03:04:05.5+02:00`)).toBe(13)
    expect(await total(`?ended_at=${at(-day)}`)).toBe(0)
    expect(await total('?ended_at=0000-01-01T00:00:00Z&started_at=0000-01-01t00:00:00z')).toBe(0)
    expect(await total('?ended_at=9999-12-31T23:59:59Z&something=else')).toBe(13)
  })

  it('holds nothing that is older than tasks are kept', async () => {
    const settings = { queue: 'default', retentionMs: 0 }
    const at = await listen({ ...twelvelabs.services, settings })
    const { body } = await twelvelabs.call('GET', '/embed-v2/tasks?started_at=2001-01-01T00:00:00Z', { at })
    expect(body.data).toEqual([])
  })

  it('holds no task of another job, of another company, or that a request waited for', async () => {
    const alone = await startTwelvelabs()
    const submit = (job: JobName, input: unknown, tags: string[]) =>
      alone.services.submit({ company: alone.company, user: alone.user.id, queue: 'default', job, input, tags })
    await submit('echo', {}, ['twelvelabs'])
    await submit('embed.video', { source: { url } }, ['twelvelabs', 'twelvelabs-sync'])
    expect((await list(alone)).data).toEqual([])
  })

  it.each([
    ...['page=0', 'page=-1', 'page=x', 'page=1.5', 'page=', 'page=1&page=2'],
    ...['page_limit=0', 'page_limit=51', 'page_limit=x', 'status=x', 'status=', 'status=READY'],
    ...['started_at=yesterday', 'started_at=', 'ended_at=1700000000', 'ended_at=2026-13-01T00:00:00Z'],
  ])('is refused when asked with %s', async (query) => {
    const answer = await twelvelabs.call('GET', `/embed-v2/tasks?${query}`)
    expect(answer).toMatchObject({ status: 400, body: { code: 'parameter_invalid' } })
    expect(answer.body.message).toContain(`${query.split('=')[0]}: must be`)
  })
})
