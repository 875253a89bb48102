import { readdir, readFile, rm, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAudioEngine } from '../audio/audio-engine.ts'
import type { AudioEngine, Sound } from '../engine.ts'
import { describeAudioEngine } from '../testing/audio-engine.contract.ts'
import { makeModelsDir, removeModelsDir, temporaryModelsDir } from '../testing/model-folders.ts'
import { noise, tone } from '../testing/sounds.ts'
import { ensureSpeechEmbedding } from './speech-embedding.ts'

const signal = new AbortController().signal
const modelsDir = await makeModelsDir()
afterAll(() => removeModelsDir(modelsDir))
const open = () =>
  createAudioEngine({
    model: 'speech-embedding',
    source: 'speech-embedding',
    modelsDir,
    intraOpThreads: 1,
    device: 'cpu',
  })

describe('the folder of the built-in model for sound', () => {
  it('is made once and whole, and says where the networks are from and under which licences', async () => {
    const folders = await Promise.all([1, 2].map(() => ensureSpeechEmbedding(modelsDir)))
    expect(new Set(folders)).toEqual(new Set([join(modelsDir, 'speech-embedding')]))
    const [folder = ''] = folders
    expect((await readdir(folder)).sort()).toEqual(['NOTICE', 'config.json', 'inferq-model.json', 'onnx'])
    expect((await readdir(join(folder, 'onnx'))).sort()).toEqual(['melspectrogram.onnx', 'model.onnx'])
    expect(await readFile(join(folder, 'NOTICE'), 'utf8')).toContain('Apache License 2.0')
  })

  it.each([
    ['lost its marker', (folder: string) => rm(join(folder, 'inferq-model.json'))],
    ['has only a part of its weights', (folder: string) => truncate(join(folder, 'onnx', 'model.onnx'), 1_000)],
  ])('is made anew when it %s', async (_, damage) => {
    const ownDir = await temporaryModelsDir()
    const whole = await readFile(join(await ensureSpeechEmbedding(ownDir), 'onnx', 'model.onnx'))
    await damage(join(ownDir, 'speech-embedding'))
    const folder = await ensureSpeechEmbedding(ownDir)
    expect(whole.equals(await readFile(join(folder, 'onnx', 'model.onnx')))).toBe(true)
  })
})

describeAudioEngine('the built-in model for sound', open)

describe('the built-in model for sound', () => {
  let engine: AudioEngine
  beforeAll(async () => {
    engine = await open()
  })
  afterAll(() => engine.close())
  const embed = async (...sounds: Sound[]) => (await engine.embed(sounds, { signal })).embeddings

  it('gives 192 numbers, and takes ten seconds of 16 kHz', () => {
    expect(engine).toMatchObject({ dimensions: 192, sampleRate: 16_000, maxSeconds: 10 })
  })

  // The first of the means and of the spreads. Other numbers mean that a stored vector can no longer be compared with a new one.
  it.each([
    [
      'a tone',
      tone(440, 2, 16_000),
      [-0.087534, 0.062558, 0.103552, 0.041764, -0.062395, -0.067962, -0.065229, -0.060315],
    ],
    ['noise', noise(2, 16_000), [0.082672, 0.050123, -0.058952, -0.053964, -0.06345, -0.041132, -0.046813, -0.064751]],
    [
      'a tone that is padded with silence',
      tone(440, 0.5, 16_000),
      [0.024913, -0.041018, 0.129841, 0.02992, -0.077773, -0.079626, -0.04524, -0.05908],
    ],
  ])('gives %s the vector that it has always had', async (_, sound, expected) => {
    const [vector = new Float32Array()] = await embed(sound)
    const found = [...vector.subarray(0, 4), ...vector.subarray(96, 100)]
    for (const [i, value] of expected.entries()) expect(Math.abs((found[i] ?? Number.NaN) - value)).toBeLessThan(1e-3)
  })

  it('keeps sounds of different kinds apart, and those of one kind together', async () => {
    const [low, lowLater, hiss, hissLater] = await embed(
      tone(440, 2, 16_000),
      tone(466, 3, 16_000, 0.2),
      noise(2, 16_000),
      noise(4, 16_000, 0.2).subarray(16_000),
    )
    expect(cosine(low, lowLater)).toBeGreaterThan(cosine(low, hiss) + 0.3)
    expect(cosine(hiss, hissLater)).toBeGreaterThan(cosine(low, hiss) + 0.3)
  })

  it('leaves the main thread free while it computes', async () => {
    const before = performance.eventLoopUtilization()
    await engine.embed(Array(3).fill(noise(8, 16_000)), { signal })
    expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5)
  })
})

const cosine = (a: Float32Array | undefined, b: Float32Array | undefined) =>
  a?.reduce((sum, value, i) => sum + value * (b?.[i] ?? Number.NaN), 0) ?? Number.NaN
