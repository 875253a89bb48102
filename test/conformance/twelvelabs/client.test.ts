import { TwelveLabs, type TwelvelabsApi } from 'twelvelabs-js'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { secretKey } from '../../lib/inferq.ts'
import { type MediaServer, startMediaServer } from '../../lib/media-server.ts'
import { recording, video } from '../../lib/twelvelabs/media-files.ts'
import { dimensions, modelName, startTwelvelabs, type TwelvelabsSystem } from '../../lib/twelvelabs/system.ts'

let media: MediaServer
let system: TwelvelabsSystem
beforeAll(async () => {
  media = await startMediaServer({ 'video.mp4': await video(), 'recording.wav': await recording() })
  system = await startTwelvelabs()
})
afterAll(async () => {
  await media?.[Symbol.asyncDispose]()
  await system?.stop()
})

const tasks = () => system.client.embed.v2.tasks
const ofVideo = (video: Partial<TwelvelabsApi.AsyncVideoInputRequest> = {}) =>
  ({
    inputType: 'video',
    modelName,
    video: { mediaSource: { url: media.url('video.mp4') }, ...video },
  }) as const
const ofRecording = (audio: Partial<TwelvelabsApi.AsyncAudioInputRequest> = {}) =>
  ({
    inputType: 'audio',
    modelName,
    audio: { mediaSource: { url: media.url('recording.wav') }, ...audio },
  }) as const

const lengthOf = (vector: readonly number[]) => Math.hypot(...vector)
const shapeOf = ({ embeddingOption, embeddingScope, startSec, endSec }: TwelvelabsApi.EmbeddingData) =>
  `${embeddingOption} ${embeddingScope} ${startSec}-${endSec}`

describe('the official client', () => {
  it('creates a task of a video and polls it until its vectors are there', async () => {
    const segmentation = { strategy: 'fixed', fixed: { durationSec: 4 } } as const
    const created = await tasks().create(ofVideo({ segmentation, embeddingOption: ['visual', 'audio'] }))
    expect(created).toMatchObject({ status: 'processing' })
    const { status, data, metadata, createdAt, updatedAt } = await system.ready(created.id)
    expect(status).toBe('ready')
    expect(data.map(shapeOf)).toEqual([
      ...['visual clip 0-4', 'visual clip 4-8', 'visual clip 8-12', 'visual asset 0-12'],
      ...['audio clip 0-4', 'audio clip 4-8', 'audio clip 8-12', 'audio asset 0-12'],
    ])
    for (const { embedding } of data) {
      expect(embedding).toHaveLength(dimensions)
      expect(lengthOf(embedding)).toBeCloseTo(1, 4)
    }
    expect(metadata).toEqual({
      inputType: 'video',
      inputUrl: media.url('video.mp4'),
      clipLength: 4,
      embeddingOptions: ['visual', 'audio'],
      embeddingScopes: ['clip', 'asset'],
      duration: 12,
    })
    expect(createdAt).toBeInstanceOf(Date)
    expect(updatedAt?.getTime()).toBeGreaterThanOrEqual(createdAt?.getTime() ?? 0)
  })

  it('creates a task of a recording, in clips of 6 seconds when nothing else is asked', async () => {
    const { id } = await tasks().create(ofRecording())
    const { data, metadata } = await system.ready(id)
    expect(data.map(shapeOf)).toEqual(['audio clip 0-6', 'audio clip 6-12', 'audio asset 0-12'])
    expect(metadata).toEqual({
      inputType: 'audio',
      inputUrl: media.url('recording.wav'),
      embeddingOptions: ['audio', 'transcription'],
      embeddingScopes: ['clip', 'asset'],
      duration: 12,
    })
  })

  it('names offsets, scopes and types, and gets what it asked for', async () => {
    const asked = ofVideo({
      startSec: 2,
      endSec: 10,
      segmentation: { strategy: 'fixed', fixed: { durationSec: 4 } },
      embeddingOption: ['visual', 'audio'],
      embeddingScope: ['clip'],
      embeddingType: ['fused_embedding'],
    })
    const { id } = await tasks().create(asked)
    const { data, metadata } = await system.ready(id)
    expect(data.map(shapeOf)).toEqual(['fused clip 2-6', 'fused clip 6-10'])
    expect(metadata).toMatchObject({ startOffsetSec: 2, endOffsetSec: 10, embeddingScopes: ['clip'] })
  })

  it('gives a medium as base64', async () => {
    const base64String = (await video()).toString('base64')
    const { id } = await tasks().create(ofVideo({ mediaSource: { base64String }, embeddingOption: ['visual'] }))
    const { data, metadata } = await system.ready(id)
    expect(data.at(-1)).toMatchObject({ embeddingOption: 'visual', embeddingScope: 'asset', startSec: 0, endSec: 12 })
    expect(metadata).not.toHaveProperty('inputUrl')
  })

  it('sees a task that waits as one that is processed', async () => {
    await system.whilePaused(async () => {
      const { id } = await tasks().create(ofVideo())
      const task = await tasks().retrieve(id)
      expect(task).toMatchObject({ id, status: 'processing' })
      expect(task.data).toBeUndefined()
      expect(task.metadata).toBeUndefined()
    })
  })

  it('reads status and headers of the raw answers', async () => {
    const created = await tasks().create(ofVideo()).withRawResponse()
    expect(created.rawResponse.status).toBe(202)
    expect(created.rawResponse.headers.get('x-api-version')).toBe('1.3')
    const retrieved = await tasks().retrieve(created.data.id).withRawResponse()
    expect(retrieved.rawResponse.status).toBe(200)
    expect(retrieved.data.id).toBe(created.data.id)
    expect(retrieved.rawResponse.headers.get('content-type')).toMatch(/^application\/json/)
  })

  it('works as the class that takes its address from the environment', async () => {
    vi.stubEnv('TWELVELABS_BASE_URL', system.wire.url)
    const client = new TwelveLabs({ apiKey: secretKey })
    vi.unstubAllEnvs()
    const { id } = await client.embed.v2.tasks.create(ofRecording())
    expect((await system.ready(id)).status).toBe('ready')
    expect(await client.embed.v2.tasks.retrieve(id)).toMatchObject({ id, status: 'ready' })
    const { data } = await client.embed.v2.create({ inputType: 'text', modelName, text: { inputText: 'a dog' } })
    expect(data[0]?.embedding).toHaveLength(dimensions)
  })
})
