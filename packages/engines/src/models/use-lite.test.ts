import { readdir, readFile, rm, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOnnxEngine, type TextEngine } from '../index.ts'
import { makeModelsDir, removeModelsDir, temporaryModelsDir } from '../testing/model-folders.ts'
import { ensureUseLiteEn } from './use-lite.ts'

const files = [
  'LICENSE',
  'NOTICE',
  'config.json',
  'inferq-model.json',
  'onnx',
  'tokenizer.json',
  'tokenizer_config.json',
]
const signal = new AbortController().signal

describe('the folder of the built-in model', () => {
  it('is made once and whole, with the licence of the weights, however many ask for it at the same time', async () => {
    const modelsDir = await temporaryModelsDir()
    const folders = await Promise.all([1, 2, 3].map(() => ensureUseLiteEn(modelsDir)))
    expect(new Set(folders)).toEqual(new Set([join(modelsDir, 'use-lite-en')]))
    expect(await readdir(modelsDir)).toEqual(['use-lite-en'])
    expect((await readdir(folders[0] as string)).sort()).toEqual(files)
    expect(await readFile(join(folders[0] as string, 'LICENSE'), 'utf8')).toContain('Apache License')
    expect(await readFile(join(folders[0] as string, 'NOTICE'), 'utf8')).toContain('Changed by Inferq')
  })

  it.each([
    ['lost its marker', (folder: string) => rm(join(folder, 'inferq-model.json'))],
    ['has only a part of its weights', (folder: string) => truncate(join(folder, 'onnx', 'model.onnx'), 1_000)],
  ])('is made anew when it %s', async (_, damage) => {
    const modelsDir = await temporaryModelsDir()
    const whole = await readFile(join(await ensureUseLiteEn(modelsDir), 'onnx', 'model.onnx'))
    await damage(join(modelsDir, 'use-lite-en'))
    const folder = await ensureUseLiteEn(modelsDir)
    expect(whole.equals(await readFile(join(folder, 'onnx', 'model.onnx')))).toBe(true)
    expect((await readdir(folder)).sort()).toEqual(files)
    expect(await readdir(modelsDir)).toEqual(['use-lite-en'])
  })
})

describe('the built-in model', () => {
  let modelsDir: string
  let engine: TextEngine
  beforeAll(async () => {
    modelsDir = await makeModelsDir()
    engine = await createOnnxEngine({
      model: 'use-lite-en',
      source: 'use-lite-en',
      modelsDir,
      intraOpThreads: 1,
      device: 'cpu',
    })
  })
  afterAll(async () => {
    await engine.close()
    await removeModelsDir(modelsDir)
  })
  const embed = async (texts: string[]) => (await engine.embed(texts, { signal })).embeddings

  // The first numbers of each vector, from a conversion that was compared with TensorFlow.js on the same weights: other
  // numbers mean that a stored vector can no longer be compared with a new one.
  it.each([
    ['How do I reset my password?', [-0.048459, -0.054573, 0.040226, -0.053938, 0.054374, -0.05447]],
    ['The cat sat on the mat, and then it left :-)', [0.027136, 0.008834, -0.062298, -0.058122, 0.057819, -0.01171]],
    [
      'Stocks fell sharply after the central bank raised interest rates.',
      [0.056021, 0.056325, 0.018905, -0.045658, -0.029907, -0.034908],
    ],
    ['日本語のテキスト 😀 naïve café', [0.014993, 0.031295, -0.043112, 0.009167, -0.054605, -0.005285]],
    ['word '.repeat(200).trim(), [-0.052354, -0.040618, -0.04102, 0.051311, 0.029315, -0.05358]],
  ])('gives %j the vector that it has always had', async (text, expected) => {
    const [vector] = await embed([text])
    expect(vector).toHaveLength(512)
    for (const [i, value] of expected.entries())
      expect(Math.abs((vector?.[i] ?? Number.NaN) - value)).toBeLessThan(1e-4)
  })

  it.each([
    ['I want to learn the guitar', 'How can I start to play a musical instrument?', 'The soup needs more salt'],
    ['How do I reset my password?', 'I forgot my login and cannot get in', 'Whales are the largest mammals'],
    ['Stocks fell sharply today', 'Shares dropped on the market', 'My sister bakes bread on Sundays'],
  ])('finds %j closer to %j than to %j', async (text, related, unrelated) => {
    const [a, b, c] = await embed([text, related, unrelated])
    expect(cosine(a, b)).toBeGreaterThan(cosine(a, c) + 0.3)
  })

  it('reads any run of white space as one space', async () => {
    const [plain, spaced] = await embed(['hello wide world', '  hello \n\n wide\t\tworld '])
    expect(spaced).toEqual(plain)
  })

  it('leaves the main thread free while it computes', async () => {
    const before = performance.eventLoopUtilization()
    await engine.embed(Array(128).fill('a text of some length '.repeat(20)), { signal })
    expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5)
  })
})

const cosine = (a: Float32Array | undefined, b: Float32Array | undefined) =>
  a?.reduce((sum, value, i) => sum + value * (b?.[i] ?? Number.NaN), 0) ?? Number.NaN
