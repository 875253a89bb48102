import { until } from '@inferq/testkit'
import type { TwelvelabsApi } from 'twelvelabs-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MediaServer, startMediaServer } from '../../lib/media-server.ts'
import { cosine } from '../../lib/twelvelabs/cosine.ts'
import { picture, recording, video } from '../../lib/twelvelabs/media-files.ts'
import { dimensions, modelName, startTwelvelabs, type TwelvelabsSystem } from '../../lib/twelvelabs/system.ts'

let media: MediaServer
let system: TwelvelabsSystem
beforeAll(async () => {
  media = await startMediaServer({
    'red.png': picture('red'),
    'video.mp4': await video(),
    'recording.wav': await recording(),
  })
  system = await startTwelvelabs()
})
afterAll(async () => {
  await media?.[Symbol.asyncDispose]()
  await system?.stop()
})

type Request = Omit<TwelvelabsApi.embed.CreateEmbeddingsRequest, 'modelName'>
const embed = (request: Request) => system.client.embed.v2.create({ modelName, ...request })
const base64 = (bytes: Uint8Array) => ({ base64String: Buffer.from(bytes).toString('base64') })

/** The vector of an answer with one entry, which has nothing else in it. */
async function vectorOf(request: Request): Promise<number[]> {
  const { data } = await embed(request)
  expect(data).toEqual([{ embedding: expect.any(Array) }])
  const [{ embedding } = { embedding: [] }] = data
  expect(embedding).toHaveLength(dimensions)
  return embedding
}

describe('embedding at once', () => {
  it('of a text is one vector, the same for the same text', async () => {
    const text = { inputText: 'something red' }
    const first = await vectorOf({ inputType: 'text', text })
    expect(await vectorOf({ inputType: 'text', text })).toEqual(first)
    const other = await vectorOf({ inputType: 'text', text: { inputText: 'something green' } })
    expect(cosine(first, other)).toBeLessThan(0.999)
  })

  it('of an image is one vector, by address as by base64', async () => {
    const given = await embed({ inputType: 'image', image: { mediaSource: base64(picture('red')) } })
    const fetched = await embed({ inputType: 'image', image: { mediaSource: { url: media.url('red.png') } } })
    expect(given.metadata).toEqual({ inputType: 'image' })
    expect(fetched.metadata).toMatchObject({ inputType: 'image', inputUrl: media.url('red.png') })
    expect(fetched.data).toEqual(given.data)
    expect(given.data).toHaveLength(1)
    expect(given.data[0]?.embedding).toHaveLength(dimensions)
  })

  it('of a text and an image is one vector between theirs', async () => {
    const mediaSource = base64(picture('red'))
    const inputText = 'blue'
    const both = await vectorOf({ inputType: 'text_image', textImage: { mediaSource, inputText } })
    const ofText = await vectorOf({ inputType: 'text', text: { inputText } })
    const ofImage = await vectorOf({ inputType: 'image', image: { mediaSource } })
    expect(cosine(both, ofText)).toBeCloseTo(cosine(both, ofImage), 3)
    expect(cosine(both, ofText)).toBeGreaterThan(cosine(ofImage, ofText))
  })

  it('of several images and a text that refers to them is one vector', async () => {
    const mediaSources = [
      { mediaType: 'image', name: 'first', url: media.url('red.png') },
      { mediaType: 'image', name: 'second', ...base64(picture('blue')) },
    ] satisfies TwelvelabsApi.MultiInputMediaSource[]
    const inputText = '<@first> beside <@second>'
    await vectorOf({ inputType: 'multi_input', multiInput: { inputText, mediaSources } })
    const { metadata } = await embed({ inputType: 'multi_input', multiInput: { mediaSources } })
    expect(metadata).toEqual({ inputType: 'multi_input' })
  })

  it('of a recording is its clips and the whole', async () => {
    const audio = { mediaSource: { url: media.url('recording.wav') }, embeddingOption: ['audio' as const] }
    const { data, metadata } = await embed({ inputType: 'audio', audio })
    expect(data.map(({ embeddingScope, startSec, endSec }) => [embeddingScope, startSec, endSec])).toEqual([
      ['clip', 0, 6],
      ['clip', 6, 12],
      ['asset', 0, 12],
    ])
    expect(metadata).toMatchObject({ inputType: 'audio', duration: 12 })
  })

  it('of a video is what its task would have given', async () => {
    const asked = {
      mediaSource: base64(await video()),
      segmentation: { strategy: 'fixed' as const, fixed: { durationSec: 5 } },
      embeddingOption: ['visual' as const, 'audio' as const],
    }
    const { data, metadata } = await embed({ inputType: 'video', video: asked })
    const { id } = await system.client.embed.v2.tasks.create({ inputType: 'video', modelName, video: asked })
    const task = await system.ready(id)
    expect(data).toEqual(task.data)
    expect(metadata).toEqual(task.metadata)
  })

  it('is served before all that waits', async () => {
    const { client } = system.inferq
    const [asked] = await system.whilePaused(async () => {
      for (let n = 0; n < 3; n++) await client.submit({ job: 'echo', input: { n } })
      const answer = embed({ inputType: 'text', text: { inputText: 'now' } })
      const first = await until(
        async () => (await client.list({ status: 'queued', job: 'embed.text' })).tasks[0] ?? null,
        { what: 'the text to wait' },
      )
      expect((await client.get(first.id)).position).toBe(0)
      return [answer]
    })
    expect((await asked)?.data).toHaveLength(1)
  })

  it('leaves nothing in the list of tasks', async () => {
    const before = await system.client.embed.v2.tasks.list()
    await embed({ inputType: 'text', text: { inputText: 'at once' } })
    const after = await system.client.embed.v2.tasks.list()
    expect(after.data).toEqual(before.data)
  })

  it('is cancelled when its caller goes away', async () => {
    const gone = new AbortController()
    await system.whilePaused(async () => {
      const asked = system.client.embed.v2
        .create({ inputType: 'text', modelName, text: { inputText: 'never mind' } }, { abortSignal: gone.signal })
        .catch((error: unknown) => error)
      const waiting = () => system.inferq.client.list({ status: ['queued'] })
      await expect.poll(async () => (await waiting()).tasks.length).toBe(1)
      gone.abort()
      await asked
      await expect.poll(async () => (await waiting()).tasks.length).toBe(0)
    })
  })
})

describe('embedding at once is refused with 400', () => {
  it.each<[string, () => Request]>([
    ['an image that is none', () => ({ inputType: 'image', image: { mediaSource: base64(Buffer.from('no image')) } })],
    [
      'an image that is not there',
      () => ({ inputType: 'image', image: { mediaSource: { url: media.url('no.png') } } }),
    ],
    ['an image that is too small', () => ({ inputType: 'image', image: { mediaSource: base64(picture('red', 64)) } })],
    ['a video that is none', () => ({ inputType: 'video', video: { mediaSource: base64(Buffer.from('no video')) } })],
    ['a recording that is none', () => ({ inputType: 'audio', audio: { mediaSource: base64(picture('red')) } })],
    ['an address inside', () => ({ inputType: 'image', image: { mediaSource: { url: 'http://10.0.0.1/x.png' } } })],
    ['nothing to embed', () => ({ inputType: 'text' })],
    ['a text of nothing', () => ({ inputType: 'text', text: { inputText: '' } })],
    ['a text of too many words', () => ({ inputType: 'text', text: { inputText: 'word '.repeat(3_000) } })],
    ['an unknown asset', () => ({ inputType: 'image', image: { mediaSource: { assetId: 'f'.repeat(24) } } })],
    [
      'a name that no source has',
      () => ({
        inputType: 'multi_input',
        multiInput: { inputText: '<@x>', mediaSources: [{ mediaType: 'image', name: 'y', url: media.url('red.png') }] },
      }),
    ],
  ])('%s', async (_what, request) => {
    const error = await embed(request()).catch((caught: unknown) => caught)
    expect(error).toMatchObject({
      statusCode: 400,
      body: { code: expect.stringMatching(/^parameter_/), message: expect.stringMatching(/\S/) },
    })
  })
})
