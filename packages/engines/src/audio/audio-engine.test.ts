import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { AudioEngine } from '../engine.ts'
import { tinyAudioDimensions, tinyAudioSeconds, writeTinyAudioModel } from '../models/tiny-audio-model.ts'
import { writeTinyTextModel } from '../models/tiny-text-model.ts'
import type { SoundEngineOptions } from '../sound/sound-model.ts'
import { describeAudioEngine } from '../testing/audio-engine.contract.ts'
import { startHub } from '../testing/hub-server.ts'
import { makeModelsDir, removeModelsDir, temporaryModelsDir } from '../testing/model-folders.ts'
import { tone } from '../testing/sounds.ts'
import { createAudioEngine } from './audio-engine.ts'
import { type AudioThread, startAudioThread } from './audio-thread.ts'

const signal = new AbortController().signal
const modelsDir = await makeModelsDir()
await writeTinyAudioModel(join(modelsDir, 'tiny-audio'))
afterAll(() => removeModelsDir(modelsDir))

const options: SoundEngineOptions = {
  model: 'mine',
  source: 'tiny-audio',
  modelsDir,
  intraOpThreads: 1,
  device: 'cpu',
  allowRemote: false,
}
const open = (settings: Partial<SoundEngineOptions> = {}) => createAudioEngine({ ...options, ...settings })

async function withEngine<T>(settings: Partial<SoundEngineOptions>, use: (engine: AudioEngine) => Promise<T>) {
  const engine = await open(settings)
  try {
    return await use(engine)
  } finally {
    await engine.close()
  }
}

describeAudioEngine('a CLAP', open)

describe('a CLAP', () => {
  it('says what it takes and gives', async () => {
    const facts = { model: 'mine', engine: 'onnx', device: 'cpu', sampleRate: 48_000 }
    expect(await withEngine({}, async (engine) => ({ ...engine }))).toMatchObject({
      ...facts,
      maxSeconds: tinyAudioSeconds,
      dimensions: tinyAudioDimensions,
    })
  })

  it('is taken from the hub, and needs no network the next time', async () => {
    const hub = await startHub(modelsDir)
    const settings = { modelsDir: await temporaryModelsDir(), hubUrl: hub.url }
    const embed = (engine: AudioEngine) => engine.embed([tone(440, 1, 48_000)], { signal })
    const first = await withEngine({ ...settings, allowRemote: true }, embed)
    await hub.close()
    expect((await withEngine(settings, embed)).embeddings).toEqual(first.embeddings)
  })

  it('that lacks a file is MODEL_LOAD_FAILED, and says what it needs', async () => {
    await expect(open({ dtype: 'q8' })).rejects.toMatchObject({
      code: 'MODEL_LOAD_FAILED',
      message: expect.stringContaining('preprocessor_config.json and the weights for dtype q8'),
    })
  })
})

it('a model of another kind is MODEL_LOAD_FAILED, and named', async () => {
  await writeTinyTextModel(join(modelsDir, 'tiny-text'))
  await expect(open({ source: 'tiny-text' })).rejects.toMatchObject({
    code: 'MODEL_LOAD_FAILED',
    message: 'the model "mine" is of the type "bert"; vectors of sound come from "clap" only',
  })
})

it('a thread that dies fails the calls it had; the next call has a new one, or says why there is none', async () => {
  const ownDir = await temporaryModelsDir()
  await writeTinyAudioModel(join(ownDir, 'tiny-audio'))
  const threads: AudioThread[] = []
  const engine = await createAudioEngine({ ...options, modelsDir: ownDir }, async (threadOptions) => {
    const thread = await startAudioThread(threadOptions)
    threads.push(thread)
    return thread
  })
  const sounds = [tone(440, 1, 48_000)]
  const answer = engine.embed(Array(50).fill(sounds[0]), { signal })
  const failed = expect(answer).rejects.toMatchObject({ code: 'ENGINE_FAILED' })
  await threads[0]?.terminate()
  await failed
  expect((await engine.embed(sounds, { signal })).embeddings).toHaveLength(1)
  expect(threads).toHaveLength(2)
  await rm(join(ownDir, 'tiny-audio', 'onnx'), { recursive: true })
  await threads[1]?.terminate()
  await expect(engine.embed(sounds, { signal })).rejects.toMatchObject({ code: 'MODEL_LOAD_FAILED' })
  await engine.close()
})
