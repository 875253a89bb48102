import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SpeechEngine } from '../engine.ts'
import { tinySpeechSeconds, writeTinySpeechModel } from '../models/tiny-speech-model.ts'
import { writeTinyTextModel } from '../models/tiny-text-model.ts'
import type { SoundEngineOptions } from '../sound/sound-model.ts'
import { startHub } from '../testing/hub-server.ts'
import { makeModelsDir, removeModelsDir, temporaryModelsDir } from '../testing/model-folders.ts'
import { tone } from '../testing/sounds.ts'
import { describeSpeechEngine } from '../testing/speech-engine.contract.ts'
import { createSpeechEngine } from './speech-engine.ts'

const signal = new AbortController().signal
const modelsDir = await makeModelsDir()
await writeTinySpeechModel(join(modelsDir, 'tiny-speech'))
afterAll(() => removeModelsDir(modelsDir))

const open = (settings: Partial<SoundEngineOptions> = {}) =>
  createSpeechEngine({
    model: 'mine',
    source: 'tiny-speech',
    modelsDir,
    intraOpThreads: 1,
    device: 'cpu',
    allowRemote: false,
    ...settings,
  })

describeSpeechEngine('a Whisper', open)

describe('a Whisper', () => {
  let engine: SpeechEngine
  beforeAll(async () => {
    engine = await open()
  })
  afterAll(() => engine.close())

  it('says what it takes', () => {
    const facts = { model: 'mine', engine: 'onnx', device: 'cpu' }
    expect(engine).toMatchObject({ ...facts, sampleRate: 16_000, maxSeconds: tinySpeechSeconds })
  })

  it.each([
    ['a low tone', 300, 0.3, 'low'],
    ['a high tone', 6_000, 0.3, 'high'],
    ['a word in brackets, which is no speech,', 300, 0.003, ''],
    ['words of which the model is unsure while it holds that nothing is said', 2_000, 0.3, ''],
  ])('hears in %s what it says', async (_, hertz, loudness, expected) => {
    const { texts } = await engine.transcribe([tone(hertz, 2, 16_000, loudness)], { signal })
    expect(texts).toEqual([expected])
  })
})

describe('loading', () => {
  it('takes a model from the hub, and needs no network the next time', async () => {
    const hub = await startHub(modelsDir)
    const settings = { modelsDir: await temporaryModelsDir(), hubUrl: hub.url }
    const first = await open({ ...settings, allowRemote: true })
    await first.close()
    await hub.close()
    const second = await open(settings)
    expect((await second.transcribe([tone(300, 1, 16_000)], { signal })).texts).toEqual(['low'])
    await second.close()
  })

  it('of a model that lacks a file is MODEL_LOAD_FAILED, and says what it needs', async () => {
    await expect(open({ dtype: 'q8' })).rejects.toMatchObject({
      code: 'MODEL_LOAD_FAILED',
      message: expect.stringContaining('tokenizer.json and the weights for dtype q8'),
    })
  })

  it('of a model of another kind is MODEL_LOAD_FAILED, and names the kind', async () => {
    await writeTinyTextModel(join(modelsDir, 'tiny-text'))
    await expect(open({ source: 'tiny-text' })).rejects.toMatchObject({
      code: 'MODEL_LOAD_FAILED',
      message: 'the model "mine" is of the type "bert"; speech is written down by "whisper" only',
    })
  })
})
