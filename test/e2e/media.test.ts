import { until } from '@inferq/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cosine } from '../lib/twelvelabs/cosine.ts'
import { clip, cuts, longVideo, scene, video } from '../lib/twelvelabs/media-files.ts'
import { assetOf, clipsOf, fixed, type NativeMedia, startNativeMedia, visual } from '../lib/twelvelabs/native-media.ts'
import { dimensions, modelName } from '../lib/twelvelabs/system.ts'

let native: NativeMedia
beforeAll(async () => {
  native = await startNativeMedia(makeFiles())
})
afterAll(() => native?.stop())

const makeFiles = async () => ({
  'video.mp4': await video(),
  'cuts.mkv': await cuts(),
  'pattern.mkv': await clip('pattern.mkv', {
    video: { scenes: [scene('pattern', 4)] },
    audio: { parts: [{ sound: 'tone', hz: 880, seconds: 4 }] },
  }),
  'among-others.mkv': await clip('among-others.mkv', {
    video: { scenes: [scene('red', 4), scene('pattern', 4), scene('blue', 4)] },
    audio: {
      parts: [
        { sound: 'noise', seconds: 4 },
        { sound: 'tone', hz: 880, seconds: 4 },
        { sound: 'silence', seconds: 4 },
      ],
    },
  }),
  'long.mkv': await longVideo(20),
})

const options = ['visual', 'audio'] as const

describe('vectors', () => {
  it('have the length that the media model declares, and length 1', async () => {
    const { model, dimensions: declared, embeddings } = await native.video('cuts.mkv')
    expect({ model, declared }).toEqual({ model: modelName, declared: dimensions })
    for (const { embedding } of embeddings) {
      expect(embedding).toHaveLength(dimensions)
      expect(Math.hypot(...embedding)).toBeCloseTo(1, 4)
    }
  })

  it.each(options)('of a clip are the same alone, in a longer file, and as a part of that: %s', async (option) => {
    const asked = { embedding_options: [option], ...fixed(4) }
    const [alone] = clipsOf(await native.video('pattern.mkv', asked), option)
    const [, among, other] = clipsOf(await native.video('among-others.mkv', asked), option)
    const [part] = clipsOf(await native.video('among-others.mkv', { ...asked, start_sec: 4, end_sec: 8 }), option)
    expect(cosine(alone?.embedding ?? [], among?.embedding ?? [])).toBeGreaterThan(0.999)
    expect(cosine(part?.embedding ?? [], among?.embedding ?? [])).toBeGreaterThan(0.99999)
    expect(cosine(among?.embedding ?? [], other?.embedding ?? [])).toBeLessThan(0.99)
  })

  it('of the whole are the mean of the clips, each weighted by its length, at length 1', async () => {
    const types = ['separate_embedding', 'fused_embedding']
    const result = await native.video('cuts.mkv', { embedding_options: options, embedding_types: types })
    for (const option of options) {
      const clips = clipsOf(result, option)
      expect(clips).toHaveLength(3)
      const weights = clips.map(({ start_sec, end_sec }) => end_sec - start_sec)
      expectSame(
        assetOf(result, option),
        meanOf(
          clips.map(({ embedding }) => embedding),
          weights,
        ),
      )
    }
  })

  it('that are fused are the mean over the options, of each clip and of the whole', async () => {
    const types = ['separate_embedding', 'fused_embedding']
    const result = await native.video('cuts.mkv', { embedding_options: options, embedding_types: types })
    const [sights, sounds, fused] = [...options, 'fused' as const].map((option) => clipsOf(result, option))
    expect(fused).toHaveLength(3)
    for (const [place, { embedding }] of (fused ?? []).entries()) {
      expectSame(embedding, meanOf([sights, sounds].map((clips) => clips?.[place]?.embedding ?? [])))
    }
    const wholes = options.map((option) => assetOf(result, option))
    expectSame(assetOf(result, 'fused'), meanOf(wholes))
  })

  it('of texts find the clip that shows what they say', async () => {
    const { data: video } = await native.system.client.embed.v2.create({
      inputType: 'video',
      modelName,
      video: {
        mediaSource: { url: native.media.url('video.mp4') },
        embeddingOption: ['visual'],
        embeddingScope: ['clip'],
      },
    })
    expect(video.map(({ startSec }) => startSec)).toEqual([0, 4, 8])
    for (const [place, inputText] of ['red', 'blue', 'green'].entries()) {
      const { data } = await native.system.client.embed.v2.create({ inputType: 'text', modelName, text: { inputText } })
      const scores = video.map(({ embedding }) => cosine(embedding, data[0]?.embedding ?? []))
      expect(scores.indexOf(Math.max(...scores))).toBe(place)
    }
  })
})

describe('the same by the TwelveLabs API', () => {
  it.each([
    ['scenes when nothing is asked', {}, ['0-4', '4-8', '8-12', '0-12']],
    [
      'scenes of at least 5 s',
      { segmentation: { strategy: 'dynamic' as const, dynamic: { minDurationSec: 5 } } },
      ['0-12', '0-12'],
    ],
    [
      'clips of 5 s',
      { segmentation: { strategy: 'fixed' as const, fixed: { durationSec: 5 } } },
      ['0-5', '5-10', '10-12', '0-12'],
    ],
    [
      'a part',
      { startSec: 1, endSec: 9, segmentation: { strategy: 'fixed' as const, fixed: { durationSec: 7 } } },
      ['1-8', '1-9'],
    ],
  ])('%s', async (_what, asked, expected) => {
    const mediaSource = { url: native.media.url('video.mp4') }
    const request = { mediaSource, ...asked, embeddingOption: ['visual' as const, 'audio' as const] }
    const { id } = await native.system.client.embed.v2.tasks.create({ inputType: 'video', modelName, video: request })
    const { data } = await native.system.ready(id)
    const bounds = data.map(({ embeddingOption, startSec, endSec }) => `${embeddingOption} ${startSec}-${endSec}`)
    expect(bounds).toEqual(['visual', 'audio'].flatMap((option) => expected.map((bound) => `${option} ${bound}`)))
  })
})

describe('progress', () => {
  it('is seen by whoever polls and by whoever listens, and only grows', async () => {
    const { client } = native.system.inferq
    const input = { source: { url: native.media.url('long.mkv') }, ...visual, ...fixed(2) }
    const { id } = await client.submit({ job: 'embed.video', input })
    const heard = Array.fromAsync(client.events(id))
    const polled = await until(
      async () => {
        const { progress, status } = await client.get(id)
        return (status === 'completed' || (progress?.fraction ?? 0) > 0) && { progress, status }
      },
      { what: 'progress', timeoutMs: 40_000 },
    )
    expect(polled).toMatchObject({ status: 'in_progress', progress: { message: expect.stringMatching(/\d/) } })
    await client.waitFor(id, { timeoutMs: 60_000 })
    const fractions = (await heard).flatMap(({ progress }) => (progress ? [progress.fraction] : []))
    expect(fractions.length).toBeGreaterThan(0)
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
  })
})

function meanOf(vectors: readonly (readonly number[])[], weights = vectors.map(() => 1)): number[] {
  const length = vectors[0]?.length ?? 0
  const sums = Array.from({ length }, (_, i) =>
    vectors.reduce((sum, vector, n) => sum + (weights[n] ?? 0) * (vector[i] ?? 0), 0),
  )
  const norm = Math.hypot(...sums)
  return sums.map((sum) => sum / norm)
}

function expectSame(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length)
  const apart = actual.map((value, i) => Math.abs(value - (expected[i] ?? Number.NaN)))
  expect(Math.max(...apart)).toBeLessThan(1e-5)
}
