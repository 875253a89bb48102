import { join } from 'node:path'
import { embedText } from '@inferq/contracts'
import { writeTinySpeechModel } from '@inferq/engines'
import { type TempDir, tempDir } from '@inferq/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cosine } from '../lib/twelvelabs/cosine.ts'
import { clip } from '../lib/twelvelabs/media-files.ts'
import { dimensions, modelName, startTwelvelabs, type TwelvelabsSystem } from '../lib/twelvelabs/system.ts'

let folder: TempDir
let system: TwelvelabsSystem
beforeAll(async () => {
  folder = await tempDir('speech')
  const speechModel = join(folder.path, 'tiny-speech')
  await writeTinySpeechModel(speechModel)
  const models = {
    INFERQ_TEXT_MODELS: 'tiny-text',
    INFERQ_SPEECH_MODELS: `tiny-speech=${speechModel}`,
    INFERQ_MEDIA_MODELS: `${modelName}=${dimensions},text=tiny-text,image=tiny-clip,audio=tiny-audio,speech=tiny-speech`,
  }
  system = await startTwelvelabs({ api: models, worker: models })
})
afterAll(async () => {
  await system?.stop()
  folder?.remove()
})

const vectorOf = async (text: string): Promise<number[]> => {
  const input = { texts: [text], model: modelName }
  const { result } = await system.inferq.client.submit({ job: embedText.name, input }, { wait: 20 })
  return embedText.result.parse(result).embeddings[0] ?? []
}

it('what is said in each clip is embedded as text; a clip in which nothing is said has no entry', async () => {
  // To the tiny model a low tone is the word "low", and a high one the word "high".
  const recording = await clip('words.wav', {
    audio: {
      parts: [
        { sound: 'tone', hz: 300, seconds: 4 },
        { sound: 'silence', seconds: 4 },
        { sound: 'tone', hz: 6_000, seconds: 4 },
      ],
    },
  })
  const { id } = await system.client.embed.v2.tasks.create({
    inputType: 'audio',
    modelName,
    audio: {
      mediaSource: { base64String: recording.toString('base64') },
      segmentation: { strategy: 'fixed', fixed: { durationSec: 4 } },
      embeddingOption: ['transcription'],
    },
  })
  const { data } = await system.ready(id)
  expect(data.map(({ embeddingScope, startSec, endSec }) => [embeddingScope, startSec, endSec])).toEqual([
    ['clip', 0, 4],
    ['clip', 8, 12],
    ['asset', 0, 12],
  ])
  const [low, high] = [await vectorOf('low'), await vectorOf('high')]
  expect(cosine(low, high)).toBeLessThan(0.99)
  const [first, last] = data.map(({ embedding }) => embedding)
  expect(cosine(first ?? [], low)).toBeGreaterThan(0.9999)
  expect(cosine(last ?? [], high)).toBeGreaterThan(0.9999)
})
