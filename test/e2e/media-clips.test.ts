import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clip, cuts, scene, video } from '../lib/twelvelabs/media-files.ts'
import {
  boundsOf,
  clipsOf,
  dynamic,
  fixed,
  type NativeMedia,
  shapesOf,
  startNativeMedia,
  visual,
} from '../lib/twelvelabs/native-media.ts'

let native: NativeMedia
beforeAll(async () => {
  native = await startNativeMedia(makeFiles())
})
afterAll(() => native?.stop())

const makeFiles = async () => ({
  'video.mp4': await video(),
  'cuts.mkv': await cuts(),
  'uneven.mkv': await clip('uneven.mkv', {
    video: {
      scenes: [scene('red', 5, 10), scene('blue', 4.2, 30), scene('green', 5, 12)],
      ticksPerSecond: 1_000,
    },
  }),
  '31s.mkv': await clip('31s.mkv', { video: { scenes: [scene('red', 31)], fps: 5 } }),
  'one-frame.mp4': await clip('one-frame.mp4', { video: { scenes: [scene('red', 0.04)] } }),
  'silent.mkv': await clip('silent.mkv', { video: { scenes: [scene('red', 8)] } }),
  'song.mp3': await clip('song.mp3', { audio: { parts: [{ sound: 'tone', seconds: 9 }] }, cover: true }),
  'recording.flac': await clip('recording.flac', { audio: { parts: [{ sound: 'sweep', seconds: 13.5 }] } }),
})

describe('clips of a fixed length', () => {
  it('follow each other without a gap, and the last one ends with the medium', async () => {
    const { clips, duration_sec, start_sec, end_sec } = await native.video('video.mp4', { ...visual, ...fixed(5) })
    expect({ clips, duration_sec, start_sec, end_sec }).toEqual({
      clips: 3,
      duration_sec: 12,
      start_sec: 0,
      end_sec: 12,
    })
    const result = await native.video('video.mp4', { ...visual, ...fixed(5) })
    expect(boundsOf(clipsOf(result))).toEqual([
      [0, 5],
      [5, 10],
      [10, 12],
    ])
  })

  it.each<[string, object, number[][]]>([
    [
      '31 s by 6: the last second is dropped',
      fixed(6),
      [
        [0, 6],
        [6, 12],
        [12, 18],
        [18, 24],
        [24, 30],
      ],
    ],
    [
      'a tail of 2 s stays',
      { ...fixed(6), end_sec: 14 },
      [
        [0, 6],
        [6, 12],
        [12, 14],
      ],
    ],
    [
      'a tail below 2 s goes',
      { ...fixed(6), end_sec: 13.9 },
      [
        [0, 6],
        [6, 12],
      ],
    ],
    ['the only clip stays, however short it is', { ...fixed(6), start_sec: 3, end_sec: 3.5 }, [[3, 3.5]]],
    [
      'clips of 1 s are no tails',
      { ...fixed(1), end_sec: 3 },
      [
        [0, 1],
        [1, 2],
        [2, 3],
      ],
    ],
    [
      'what is left of 1 s is one',
      { ...fixed(1), end_sec: 2.4 },
      [
        [0, 1],
        [1, 2],
      ],
    ],
    [
      'they are counted from the start that was asked',
      { ...fixed(4), start_sec: 2.5, end_sec: 12.5 },
      [
        [2.5, 6.5],
        [6.5, 10.5],
        [10.5, 12.5],
      ],
    ],
    ['an end past the end is the end', { ...fixed(10), start_sec: 20, end_sec: 99 }, [[20, 30]]],
  ])('%s', async (_what, asked, expected) => {
    expect(boundsOf(clipsOf(await native.video('31s.mkv', { ...visual, ...asked })))).toEqual(expected)
  })

  it('are one when the medium is one picture', async () => {
    const result = await native.video('one-frame.mp4')
    expect(result).toMatchObject({ clips: 1, duration_sec: 0.04 })
    expect(shapesOf(result)).toEqual(['visual clip 0-0.04', 'visual asset 0-0.04'])
  })
})

describe('clips that follow scenes', () => {
  it('are cut at the very picture with which a scene begins', async () => {
    const result = await native.video('cuts.mkv', { ...visual, ...dynamic(1) })
    expect(boundsOf(clipsOf(result))).toEqual([
      [0, 4.04],
      [4.04, 5.04],
      [5.04, 10.24],
      [10.24, 16.24],
    ])
  })

  it('are at least as long as is asked: a cut that comes too early is passed over', async () => {
    const bounds = async (asked: object) => boundsOf(clipsOf(await native.video('cuts.mkv', { ...visual, ...asked })))
    const long = [
      [0, 4.04],
      [4.04, 10.24],
      [10.24, 16.24],
    ]
    expect(await bounds(dynamic(4))).toEqual(long)
    // What nobody asked for otherwise.
    expect(await bounds({})).toEqual(long)
    expect(await bounds({ ...dynamic(4), end_sec: 12 })).toEqual([
      [0, 4.04],
      [4.04, 12],
    ])
  })

  it('are cut alike wherever reading begins', async () => {
    const result = await native.video('cuts.mkv', { ...visual, ...dynamic(1), start_sec: 3.3, end_sec: 12 })
    expect(boundsOf(clipsOf(result))).toEqual([
      [3.3, 5.04],
      [5.04, 10.24],
      [10.24, 12],
    ])
  })

  it('are one where nothing changes', async () => {
    const result = await native.video('silent.mkv', { ...visual, ...dynamic(2) })
    expect(boundsOf(clipsOf(result))).toEqual([[0, 8]])
  })

  it('are cut to the picture in a video without a steady rate', async () => {
    const result = await native.video('uneven.mkv', { ...visual, ...dynamic(2) })
    const bounds = boundsOf(clipsOf(result))
    const expected = [
      [0, 5],
      [5, 9.2],
      [9.2, 14.2],
    ]
    expect(bounds).toHaveLength(expected.length)
    for (const [place, [start, end]] of bounds.entries()) {
      // Its file tells times in thousandths of a second.
      expect(start).toBeCloseTo(expected[place]?.[0] ?? Number.NaN, 2)
      if (place < 2) expect(end).toBeCloseTo(expected[place]?.[1] ?? Number.NaN, 2)
    }
  })
})

describe('entries', () => {
  const both = { embedding_options: ['audio', 'visual'], ...fixed(6) }

  it('are options x (clips + 1), by option as asked, in the order of time, the whole behind its clips', async () => {
    const result = await native.video('video.mp4', both)
    expect(shapesOf(result)).toEqual([
      ...['audio clip 0-6', 'audio clip 6-12', 'audio asset 0-12'],
      ...['visual clip 0-6', 'visual clip 6-12', 'visual asset 0-12'],
    ])
  })

  it('that are fused come behind all others, or alone', async () => {
    const fused = ['fused clip 0-6', 'fused clip 6-12', 'fused asset 0-12']
    const types = ['separate_embedding', 'fused_embedding']
    const all = shapesOf(await native.video('video.mp4', { ...both, embedding_types: types }))
    expect(all).toHaveLength(9)
    expect(all.slice(6)).toEqual(fused)
    expect(shapesOf(await native.video('video.mp4', { ...both, embedding_types: ['fused_embedding'] }))).toEqual(fused)
  })

  it('are of the scopes that were asked for', async () => {
    expect(shapesOf(await native.video('video.mp4', { ...both, embedding_scopes: ['asset'] }))).toEqual([
      'audio asset 0-12',
      'visual asset 0-12',
    ])
    expect(shapesOf(await native.video('video.mp4', { ...both, embedding_scopes: ['clip'] }))).toHaveLength(4)
  })

  it('of sound are not there in a video without sound', async () => {
    expect(shapesOf(await native.video('silent.mkv', both))).toEqual([
      'visual clip 0-6',
      'visual clip 6-8',
      'visual asset 0-8',
    ])
    expect((await native.video('silent.mkv', { embedding_options: ['audio'] })).embeddings).toEqual([])
  })

  it('of a recording are of its sound, in clips of 6 seconds when nothing else is asked', async () => {
    expect(shapesOf(await native.audio('recording.flac', {}))).toEqual([
      ...['audio clip 0-6', 'audio clip 6-12', 'audio asset 0-13.5'],
    ])
    expect(shapesOf(await native.audio('video.mp4', { ...fixed(10), end_sec: 4 }))).toEqual([
      'audio clip 0-4',
      'audio asset 0-4',
    ])
  })

  it('are none of a song that is asked for as a video: its cover does not move', async () => {
    const input = { source: { url: native.media.url('song.mp3') } }
    const { id } = await native.system.inferq.client.submit({ job: 'embed.video', input })
    const task = await native.system.inferq.client.waitFor(id, { timeoutMs: 30_000 })
    expect(task).toMatchObject({ status: 'failed', error: { message: expect.stringMatching(/no moving pictures/) } })
    expect((await native.audio('song.mp3', {})).clips).toBe(2)
  })
})
