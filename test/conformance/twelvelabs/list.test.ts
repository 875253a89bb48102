import type { TwelvelabsApi } from 'twelvelabs-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectRefusal } from '../../lib/twelvelabs/expect-refusal.ts'
import { modelName, startTwelvelabs, type TwelvelabsSystem } from '../../lib/twelvelabs/system.ts'

const total = 23
let system: TwelvelabsSystem
/** The newest first. */
const ids: string[] = []
beforeAll(async () => {
  // Nothing runs here: a list is the same of tasks that wait.
  system = await startTwelvelabs({ worker: null })
  for (let n = 0; n < total; n++) {
    const mediaSource = { url: `http://media.example/${n}` }
    const { id } = await tasks().create(
      n % 2
        ? { inputType: 'video', modelName, video: { mediaSource, embeddingOption: ['visual'], startSec: 1, endSec: 9 } }
        : { inputType: 'audio', modelName, audio: { mediaSource, startSec: 1, endSec: 9 } },
    )
    ids.unshift(id)
  }
  await system.inferq.client.submit({ job: 'echo', input: {} })
})
afterAll(() => system?.stop())

const tasks = () => system.client.embed.v2.tasks
const idsOf = (data: readonly TwelvelabsApi.MediaEmbeddingTask[]) => data.map(({ id }) => id)
const pageInfoOf = async (query = '') => (await system.raw.get(`/embed-v2/tasks${query}`)).data.page_info

describe('iterating the list with the official client', () => {
  it.each([10, 23, 7, 50, 1])('gives every task once, the newest first, over pages of %i', async (pageLimit) => {
    const before = system.wire.requests.length
    const listed = await Array.fromAsync(await tasks().list({ pageLimit }))
    expect(idsOf(listed)).toEqual(ids)
    // It goes on until a page is empty, whatever it was told of their number.
    expect(system.wire.requests.length - before).toBe(Math.ceil(total / pageLimit) + 1)
  })

  it('gives ten to a page when nothing is said of it', async () => {
    const page = await tasks().list()
    expect(idsOf(page.data)).toEqual(ids.slice(0, 10))
    expect(await pageInfoOf()).toEqual({ page: 1, limit_per_page: 10, total_page: 3, total_results: total })
    await page.getNextPage()
    expect(idsOf(page.data)).toEqual(ids.slice(10, 20))
  })

  it('gives an empty page past the end', async () => {
    const page = await tasks().list({ page: 99 })
    expect(page.data).toEqual([])
    expect(await pageInfoOf('?page=99')).toMatchObject({ page: 99, total_page: 3, total_results: total })
  })
})

describe('a listed task', () => {
  it('says what was asked, and has no vectors', async () => {
    const { data } = await tasks().list({ pageLimit: 2 })
    const [audio, video] = data
    const common = { modelName, status: 'processing', createdAt: expect.any(Date), updatedAt: expect.any(Date) }
    expect(audio).toMatchObject({
      ...common,
      audioEmbedding: {
        metadata: {
          inputUrl: 'http://media.example/22',
          audioEmbeddingOption: ['audio', 'transcription'],
          audioEmbeddingScope: ['clip', 'asset'],
          startOffsetSec: 1,
          endOffsetSec: 9,
        },
      },
    })
    expect(audio?.videoEmbedding).toBeUndefined()
    expect(video).toMatchObject({
      ...common,
      videoEmbedding: {
        metadata: {
          inputUrl: 'http://media.example/21',
          videoEmbeddingOption: ['visual'],
          videoEmbeddingScope: ['clip', 'asset'],
        },
      },
    })
    expect(video?.audioEmbedding).toBeUndefined()
  })
})

describe('a filter', () => {
  it('by status takes the three that there are', async () => {
    expect(await pageInfoOf('?status=processing')).toMatchObject({ total_results: total })
    for (const status of ['ready', 'failed']) {
      expect((await tasks().list({ status })).data).toEqual([])
      expect(await pageInfoOf(`?status=${status}`)).toMatchObject({ total_page: 0, total_results: 0 })
    }
  })

  it('by time takes what was created after and before', async () => {
    const [first, last] = [ids.at(-1), ids[0]] as [string, string]
    const { createdAt: oldest } = await tasks().retrieve(first)
    const { createdAt: newest } = await tasks().retrieve(last)
    const at = (time: Date | undefined, shiftMs: number) => new Date((time?.getTime() ?? 0) + shiftMs).toISOString()
    const count = async (startedAt?: string, endedAt?: string) =>
      (await Array.fromAsync(await tasks().list({ startedAt, endedAt, pageLimit: 50 }))).length
    expect(await count(at(oldest, -1_000), at(newest, 1_000))).toBe(total)
    expect(await count(at(newest, 1_000))).toBe(0)
    expect(await count(at(oldest, -9 * 24 * 3_600_000), at(oldest, -1_000))).toBe(0)
    expect(await count(at(oldest, 1))).toBeLessThan(total)
    expect(await count(`${at(oldest, -1_000).slice(0, 19)}+00:00`)).toBe(total)
  })
})

describe('a list is refused with 400', () => {
  it.each([
    ['page=0', 'page'],
    ['page=-1', 'page'],
    ['page=1.5', 'page'],
    ['page=x', 'page'],
    ['page_limit=0', 'page_limit'],
    ['page_limit=51', 'page_limit'],
    ['page_limit=x', 'page_limit'],
    ['status=sleeping', 'status'],
    ['status=Ready', 'status'],
    ['started_at=yesterday', 'started_at'],
    ['started_at=2026-13-01T00:00:00Z', 'started_at'],
    ['ended_at=17', 'ended_at'],
  ])('%s', async (query, field) => {
    expectRefusal(await system.raw.get(`/embed-v2/tasks?${query}`), 400, 'parameter_invalid', new RegExp(field))
  })

  it('not for what it does not know', async () => {
    expect((await system.raw.get('/embed-v2/tasks?sort=up&page_limit=1')).status).toBe(200)
  })
})
