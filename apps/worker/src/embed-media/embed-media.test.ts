import { describe, expect, it } from 'vitest'
import { fakeImageEngine } from '../worker.fixture.ts'
import {
  type Colour,
  embed,
  entriesOf,
  memoryPartials,
  readableEngines,
  type Script,
  scriptedMedia,
  unit,
} from './embed-media.fixture.ts'

const red: Colour = [255, 0, 0]
const green: Colour = [0, 255, 0]
const blue: Colour = [0, 0, 255]

const scenes = [
  { fromSec: 0, colour: red },
  { fromSec: 5, colour: green },
  { fromSec: 6.25, colour: red },
  { fromSec: 10.5, colour: blue },
]
/** 14 s long: loud but for the seconds from 4 to 8. */
const film: Script = { durationSec: 14, scenes, loudness: (sec) => (sec >= 4 && sec < 8 ? 0 : 1) }
const fixed = (duration_sec: number) => ({ segmentation: { strategy: 'fixed', duration_sec } })
const vectors = ({ embeddings }: { embeddings: { embedding: number[] }[] }) =>
  embeddings.map(({ embedding }) => embedding)
const near = (numbers: number[]) => numbers.map((number) => expect.closeTo(number, 6))

describe('the embeddings of a medium', () => {
  it('come option by option, clip by clip and then as a whole', async () => {
    const { result } = await embed('video', fixed(7), { media: scriptedMedia(film) })
    expect(entriesOf(result)).toEqual(
      ['visual', 'audio', 'transcription'].flatMap((option) => [
        `${option} clip 0-7`,
        `${option} clip 7-14`,
        `${option} asset 0-14`,
      ]),
    )
    expect(result).toMatchObject({ model: 'all', duration_sec: 14, start_sec: 0, end_sec: 14, clips: 2, dimensions: 4 })
  })

  it('come in the order in which options are asked for, fused ones last', async () => {
    const input = {
      ...fixed(7),
      embedding_options: ['audio', 'visual'],
      embedding_types: ['fused_embedding', 'separate_embedding'],
    }
    const { result } = await embed('video', input, { media: scriptedMedia(film) })
    expect(entriesOf(result).map((entry) => entry.split(' ').slice(0, 2).join(' '))).toEqual(
      ['audio', 'visual', 'fused'].flatMap((option) => [`${option} clip`, `${option} clip`, `${option} asset`]),
    )
  })

  it.each([
    [{ embedding_scopes: ['clip'] }, 3 * 2],
    [{ embedding_scopes: ['asset'] }, 3],
    [{ embedding_types: ['fused_embedding'] }, 2 + 1],
    [{ embedding_types: ['separate_embedding', 'fused_embedding'] }, 3 * (2 + 1) + 2 + 1],
    [{ embedding_types: ['fused_embedding'], embedding_scopes: ['asset'] }, 1],
    [{ embedding_options: ['visual'] }, 2 + 1],
  ])('are as many as %j says: %i', async (input, count) => {
    const { result } = await embed('video', { ...fixed(7), ...input }, { media: scriptedMedia(film) })
    expect(result.embeddings).toHaveLength(count)
  })

  it('follow the scenes of a video, each at least 4 s long, when nothing else is asked for', async () => {
    const { result } = await embed('video', { embedding_options: ['visual'] }, { media: scriptedMedia(film) })
    // The one at 6.25 comes too soon after the one at 5, the one at 10.5 leaves too little.
    expect(entriesOf(result)).toEqual(['visual clip 0-5', 'visual clip 5-14', 'visual asset 0-14'])
  })

  it('follow the scenes also where no picture is embedded, and then nothing looks at pictures', async () => {
    const { engines, calls } = readableEngines()
    const media = scriptedMedia(film)
    const { result } = await embed('video', { embedding_options: ['audio'] }, { media, engines })
    expect(entriesOf(result)).toEqual(['audio clip 0-5', 'audio clip 5-14', 'audio asset 0-14'])
    expect(calls.images).toEqual([])
  })

  it('of a video are six-second clips of a recording when nothing else is asked for', async () => {
    const { scenes: _, ...recording } = film
    const { result } = await embed('audio', { embedding_options: ['audio'] }, { media: scriptedMedia(recording) })
    expect(entriesOf(result)).toEqual(['audio clip 0-6', 'audio clip 6-12', 'audio clip 12-14', 'audio asset 0-14'])
  })

  it('are the mean of the pictures of a clip, at length 1', async () => {
    const { result } = await embed(
      'video',
      { ...fixed(7), embedding_options: ['visual'] },
      { media: scriptedMedia(film) },
    )
    // Pictures are looked at once a second: at 0 to 4 red, at 5 and 6 green; at 7 to 10 red, at 11 to 13 blue.
    const [first, second] = [unit(5, 2, 0, 7), unit(4, 0, 3, 7)]
    expect(vectors(result)).toEqual([
      near(first),
      near(second),
      near(unit(...first.map((number, i) => number + (second[i] as number)))),
    ])
  })

  it('of a whole are the mean of its clips, each as heavy as it is long', async () => {
    const input = { ...fixed(10), embedding_options: ['audio'] }
    const { result } = await embed('video', input, {
      media: scriptedMedia({ durationSec: 14, scenes, loudness: (sec) => (sec < 10 ? 0 : 1) }),
    })
    const [silent, loud] = [unit(0, 0, 0, 1), unit(0, 0, 1, 1)]
    expect(vectors(result)).toEqual([
      near(silent),
      near(loud),
      near(unit(...silent.map((number, i) => 10 * number + 4 * (loud[i] as number)))),
    ])
  })

  it('of sound that is longer than a model takes are the mean of pieces of it, each as heavy as it is long', async () => {
    const input = { ...fixed(5), embedding_options: ['audio'] }
    const { result } = await embed('audio', input, {
      media: scriptedMedia({ durationSec: 5, loudness: (sec) => (sec < 4 ? 0 : 1) }),
    })
    const [silent, loud] = [unit(0, 0, 0, 1), unit(0, 0, 1, 1)]
    expect(vectors(result)[0]).toEqual(near(unit(...silent.map((number, i) => 4 * number + (loud[i] as number)))))
  })

  it('of all options together are the mean of theirs', async () => {
    const input = { ...fixed(14), embedding_options: ['visual', 'audio'], embedding_scopes: ['clip'] }
    const both = { ...input, embedding_types: ['separate_embedding', 'fused_embedding'] }
    const { result } = await embed('video', both, { media: scriptedMedia(film) })
    const [seen, heard, fused] = vectors(result) as [number[], number[], number[]]
    expect(fused).toEqual(near(unit(...seen.map((number, i) => number + (heard[i] as number)))))
  })

  it('of speech are there for clips in which something is said, and those alone make the whole', async () => {
    const { engines, calls } = readableEngines()
    const input = { ...fixed(4), embedding_options: ['transcription'] }
    const { result } = await embed('video', input, { media: scriptedMedia(film), engines })
    const clips = ['0-4', '8-12', '12-14'].map((span) => `transcription clip ${span}`)
    expect(entriesOf(result)).toEqual([...clips, 'transcription asset 0-14'])
    // A model that hears three seconds at a time: what it heard of a clip is one text.
    expect(calls.texts).toEqual(['loud loud', 'loud loud', 'loud'])
  })

  it('of speech are none where nothing is said at all', async () => {
    const input = { ...fixed(7), embedding_options: ['audio', 'transcription'] }
    const media = scriptedMedia({ durationSec: 14, loudness: () => 0 })
    expect(entriesOf((await embed('audio', input, { media })).result)).toEqual([
      'audio clip 0-7',
      'audio clip 7-14',
      'audio asset 0-14',
    ])
  })

  it('of speech are none when the model has no part for it, and no others when the medium has no sound', async () => {
    const { engines } = readableEngines()
    const deaf = { ...engines, media: () => ({ name: 'all', dimensions: 4, image: 'i', audio: 'a' }) }
    const input = { ...fixed(7), embedding_options: ['transcription', 'audio'] }
    const { result } = await embed('video', input, { media: scriptedMedia(film), engines: deaf })
    expect(entriesOf(result)).toEqual(['audio clip 0-7', 'audio clip 7-14', 'audio asset 0-14'])

    const { loudness: _, ...silent } = film
    const all = await embed(
      'video',
      { ...fixed(7), embedding_types: ['separate_embedding', 'fused_embedding'] },
      { media: scriptedMedia(silent), engines },
    )
    const clips = ['clip 0-7', 'clip 7-14', 'asset 0-14']
    expect(entriesOf(all.result)).toEqual([...clips.map((it) => `visual ${it}`), ...clips.map((it) => `fused ${it}`)])
  })

  it('of clips after the end of the sound are missing, and a picture that stays is seen in every clip', async () => {
    const script = { ...film, durationSec: 12, picturesAt: [0, 1, 7], soundEndsAt: 5 }
    const input = { ...fixed(3), embedding_options: ['visual', 'audio'], embedding_scopes: ['clip'] }
    const { result } = await embed('video', input, { media: scriptedMedia(script) })
    expect(entriesOf(result)).toEqual([
      ...['0-3', '3-6', '6-9', '9-12'].map((span) => `visual clip ${span}`),
      ...['0-3', '3-6'].map((span) => `audio clip ${span}`),
    ])
    expect(vectors(result)[1]).toEqual(near(unit(1, 0, 0, 1)))
  })

  it('are of the window alone, in times of the whole medium; an end past the end is the end', async () => {
    const input = { ...fixed(2), start_sec: 4.5, end_sec: 99, embedding_options: ['visual'] }
    const { result } = await embed('video', input, { media: scriptedMedia(film) })
    expect(result).toMatchObject({ duration_sec: 14, start_sec: 4.5, end_sec: 14, clips: 4 })
    expect(entriesOf(result)).toEqual([
      ...['4.5-6.5', '6.5-8.5', '8.5-10.5', '10.5-12.5'].map((span) => `visual clip ${span}`),
      'visual asset 4.5-14',
    ])
    expect(vectors(result)[0]).toEqual(near(unit(1, 1, 0, 2)))
  })

  it('of a clip are the same alone as among others', async () => {
    const input = { ...fixed(3), embedding_scopes: ['clip'] }
    const { result: all } = await embed('video', input, { media: scriptedMedia(film) })
    const { result: one } = await embed(
      'video',
      { ...input, start_sec: 9, end_sec: 12 },
      { media: scriptedMedia(film) },
    )
    const same = all.embeddings.filter(({ start_sec }) => start_sec === 9)
    expect(one.embeddings).toEqual(same)
    expect(same).toHaveLength(3)
  })
})

describe('the work on a medium', () => {
  it('says how far it is over all readings, and in which clip', async () => {
    const input = { ...fixed(7), embedding_options: ['visual', 'audio'] }
    const { told } = await embed('video', input, { media: scriptedMedia(film) })
    const fractions = told.map(({ fraction }) => fraction)
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
    expect(told.at(-1)).toEqual({ fraction: 1, message: 'clip 2 of 2, 0:00:14 of 0:00:14 (sound)' })
    expect(told).toContainEqual({ fraction: 4 / 28, message: 'clip 1 of 2, 0:00:04 of 0:00:14' })
  })

  it('does not say how many clips there will be while it finds them', async () => {
    const { told } = await embed('video', { embedding_options: ['visual'] }, { media: scriptedMedia(film) })
    expect(told).toContainEqual({ fraction: 8.25 / 14, message: 'clip 2, 0:00:08 of 0:00:14' })
  })

  it('counts what its engines compute', async () => {
    const { timings } = await embed('video', fixed(7), { media: scriptedMedia(film) })
    expect(timings.computingMs).toBeGreaterThan(3)
  })

  it('reads on while the engine computes, two batches ahead at most', async () => {
    const durationSec = 100
    let read = 0
    const media = scriptedMedia({ ...film, durationSec })
    const counted = {
      ...media,
      async *frames(...args: Parameters<typeof media.frames>) {
        for await (const frame of media.frames(...args)) {
          read++
          yield frame
        }
      },
    }
    const ahead: number[] = []
    let embedded = 0
    const { engines } = readableEngines()
    const image = await engines.image()
    const watched = fakeImageEngine({
      async embed(images, options) {
        await new Promise((resolve) => setTimeout(resolve, 2))
        ahead.push(read - embedded)
        embedded += images.length
        return image.embed(images, options)
      },
    })
    const input = { ...fixed(10), embedding_options: ['visual'] }
    await embed('video', input, { media: counted, engines: { ...engines, image: async () => watched } })
    expect(embedded).toBe(durationSec)
    expect(Math.max(...ahead)).toBe(32)
  })

  it('reads the sound once for all who hear it at one rate', async () => {
    const media = scriptedMedia(film)
    const rates: number[] = []
    const counted = {
      ...media,
      sound(...args: Parameters<typeof media.sound>) {
        rates.push(args[1].sampleRate)
        return media.sound(...args)
      },
    }
    await embed('video', { embedding_options: ['audio', 'transcription'] }, { media: counted })
    expect(rates).toEqual([100])
  })

  it('ends at once when it is aborted, with the reason', async () => {
    const abort = new AbortController()
    const { engines } = readableEngines(() => abort.abort(new Error('enough')))
    await expect(embed('video', {}, { media: scriptedMedia(film), engines, signal: abort.signal })).rejects.toThrow(
      'enough',
    )
  })

  it('fails with what an engine fails with, and stops reading', async () => {
    let isReading = false
    const media = scriptedMedia({ ...film, durationSec: 1_000 })
    const watched = {
      ...media,
      async *frames(...args: Parameters<typeof media.frames>) {
        isReading = true
        try {
          yield* media.frames(...args)
        } finally {
          isReading = false
        }
      },
    }
    const { engines } = readableEngines(() => {
      throw new Error('the model fell over')
    })
    await expect(embed('video', {}, { media: watched, engines })).rejects.toThrow('the model fell over')
    expect(isReading).toBe(false)
  })

  it.each([
    ['of another length', [Float32Array.of(1, 0)]],
    ['that are too few', []],
    ['that are no numbers', [Float32Array.of(Number.NaN, 0, 0, 0)]],
  ])('is final when a model gives vectors %s', async (_, embeddings) => {
    const image = fakeImageEngine({ embed: async () => ({ embeddings, preparingMs: 0, computingMs: 0 }) })
    const engines = { ...readableEngines().engines, image: async () => image }
    const run = { media: scriptedMedia({ ...film, durationSec: 1 }), engines, partials: memoryPartials().partials }
    await expect(embed('video', { embedding_options: ['visual'] }, run)).rejects.toMatchObject({
      code: 'RESULT_INVALID',
    })
  })
})
