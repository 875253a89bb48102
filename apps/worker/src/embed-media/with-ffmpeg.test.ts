import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { MediaEmbedding, MediaResult } from '@inferq/contracts'
import { createMedia, findMediaTools, type MediaTools } from '@inferq/media'
import { type ClipSpec, makeClip, tempDir } from '@inferq/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { embed, entriesOf, memoryPartials, readableEngines } from './embed-media.fixture.ts'

const tools = findMediaTools(process.env) as MediaTools
const media = createMedia({ tools })
let dir: Awaited<ReturnType<typeof tempDir>>

beforeAll(async () => {
  dir = await tempDir('embed-media')
})
afterAll(() => dir[Symbol.asyncDispose]())

const clip = (name: string, spec: ClipSpec) => makeClip(tools.ffmpeg, join(dir.path, name), spec)
const clipsOf = ({ embeddings }: MediaResult, option: MediaEmbedding['embedding_option'] = 'visual') =>
  embeddings.filter((one) => one.embedding_option === option && one.embedding_scope === 'clip')
const bounds = (result: MediaResult, option?: MediaEmbedding['embedding_option']) =>
  clipsOf(result, option).map(({ start_sec, end_sec }) => [start_sec, end_sec])

function expectClose(one: MediaEmbedding[], other: MediaEmbedding[], digits: number): void {
  expect(one).toHaveLength(other.length)
  for (const [i, { embedding }] of one.entries())
    for (const [k, number] of embedding.entries()) expect(number).toBeCloseTo(other[i]?.embedding[k] as number, digits)
}

describe('media files', () => {
  const fps = '30000/1001' as const
  const scenes = [
    { look: 'red', seconds: 5 },
    { look: 'blue', seconds: 1.5 },
    { look: 'pattern', seconds: 5.2 },
    { look: 'green', seconds: 3 },
    { look: 'white', seconds: 6 },
  ]
  const audio = {
    parts: [
      { sound: 'tone', seconds: 7 },
      { sound: 'silence', seconds: 3 },
      { sound: 'sweep', seconds: 10.7 },
    ],
  } as const
  let film: string

  beforeAll(async () => {
    film = await clip('film.mp4', { video: { scenes, fps, keyEvery: 50 }, audio })
  })

  it('are cut where scenes change, exact to the picture', async () => {
    const { result } = await embed('video', { embedding_options: ['visual'] }, { media, path: film })
    const at = (seconds: number) => (Math.round((seconds * 30_000) / 1_001) * 1_001) / 30_000
    const frames = scenes.map(({ seconds }) => at(seconds))
    const sum = (count: number) => frames.slice(0, count).reduce((all, seconds) => all + seconds, 0)
    // The second scene is too short to be a clip, and so is the fourth beside the third.
    const edges = [0, sum(1), sum(3), result.duration_sec].map((edge) => expect.closeTo(edge, 5))
    expect(bounds(result)).toEqual(edges.slice(1).map((edge, i) => [edges[i], edge]))
  })

  it('give entries for each option, each clip and the whole', async () => {
    const input = {
      segmentation: { strategy: 'fixed', duration_sec: 6 },
      embedding_options: ['visual', 'audio'],
      embedding_types: ['separate_embedding', 'fused_embedding'],
    }
    const { result } = await embed('video', input, { media, path: film })
    expect(result.clips).toBe(4)
    expect(result.embeddings).toHaveLength(3 * (4 + 1))
  })

  it('give a clip the same vectors alone as among others', async () => {
    const input = { segmentation: { strategy: 'fixed', duration_sec: 3 }, embedding_options: ['visual', 'audio'] }
    const { result: all } = await embed('video', input, { media, path: film })
    for (const start_sec of [3, 9, 15]) {
      const alone = { ...input, start_sec, end_sec: start_sec + 3 }
      const { result: one } = await embed('video', alone, { media, path: film })
      for (const option of ['visual', 'audio'] as const) {
        const same = clipsOf(all, option).filter((entry) => entry.start_sec === start_sec)
        expectClose(clipsOf(one, option), same, 4)
      }
    }
  })

  it.each([
    ['fixed', { strategy: 'fixed', duration_sec: 2 }, 0.73],
    ['dynamic', { strategy: 'dynamic', min_duration_sec: 1 }, 0],
  ])('give the same when the work on them is cut off and goes on: %s', async (_, segmentation, start_sec) => {
    const input = { segmentation, start_sec, embedding_options: ['visual', 'audio'] }
    const { result: whole } = await embed('video', input, { media, path: film })
    let resumed = 0
    for (const n of [3, 11, 24]) {
      let calls = 0
      const { engines } = readableEngines(() => {
        if (++calls === n) throw new Error('killed')
      })
      const { partials } = memoryPartials()
      const settings = { keepEveryMs: 0 }
      const run = { media, path: film, partials, settings }
      const isKilled = await embed('video', input, { ...run, engines }).then(
        () => false,
        () => true,
      )
      if (!isKilled) continue
      const { result, told } = await embed('video', input, run)
      if (told[0]?.message?.startsWith('resumed')) resumed++
      expect(bounds(result)).toEqual(bounds(whole))
      expectClose(result.embeddings, whole.embeddings, 6)
    }
    expect(resumed).toBeGreaterThan(0)
  })

  it('without sound have no entries for it, and recordings none for pictures', async () => {
    const mute = await clip('mute.mp4', { video: { scenes: [{ look: 'pattern', seconds: 5 }] } })
    const seen = await embed('video', {}, { media, path: mute })
    expect(entriesOf(seen.result)).toEqual(['visual clip 0-5', 'visual asset 0-5'])
    await expect(embed('audio', {}, { media, path: mute })).rejects.toMatchObject({ code: 'INPUT_INVALID' })

    const recording = await clip('recording.flac', { audio: { parts: [{ sound: 'speech', seconds: 13 }] } })
    const heard = await embed('audio', { embedding_options: ['audio'] }, { media, path: recording })
    // The last second is too short to be a clip.
    expect(entriesOf(heard.result)).toEqual(['audio clip 0-6', 'audio clip 6-12', 'audio asset 0-13'])
    await expect(embed('video', {}, { media, path: recording })).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })

  it('may have a single picture', async () => {
    const still = await clip('still.mp4', { video: { scenes: [{ look: 'green', seconds: 0.04 }] } })
    for (const segmentation of [
      { strategy: 'fixed', duration_sec: 5 },
      { strategy: 'dynamic', min_duration_sec: 2 },
    ]) {
      const { result } = await embed('video', { segmentation }, { media, path: still })
      expect(entriesOf(result)).toEqual([
        `visual clip 0-${result.duration_sec}`,
        `visual asset 0-${result.duration_sec}`,
      ])
      const [red, green, blue] = result.embeddings[0]?.embedding ?? []
      expect(green).toBeGreaterThan(Math.max(red ?? 1, blue ?? 1) + 0.2)
    }
  })

  it('that end in the middle of the sound leave the last picture to be seen', async () => {
    const short = await clip('short.mkv', {
      video: { scenes: [{ look: 'red', seconds: 3 }] },
      audio: { parts: [{ sound: 'tone', seconds: 9 }] },
    })
    const input = { segmentation: { strategy: 'fixed', duration_sec: 3 }, embedding_options: ['visual', 'audio'] }
    const { result } = await embed('video', input, { media, path: short })
    expect(bounds(result)).toEqual(bounds(result, 'audio'))
    expect(bounds(result)).toHaveLength(3)
    expectClose(clipsOf(result).slice(1), clipsOf(result).slice(0, 2), 2)
  })

  it('are left alone at once when the work is aborted: no process stays', async () => {
    const abort = new AbortController()
    const { engines } = readableEngines(() => abort.abort(new Error('enough')))
    const run = { media, path: film, engines, signal: abort.signal }
    await expect(embed('video', {}, run)).rejects.toThrow('enough')
    expect(await processesOn(film)).toEqual([])
  })
})

/** Command lines of processes that name a file. */
async function processesOn(path: string): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const lines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')))
  return lines.filter((line) => line.includes(basename(path)))
}
