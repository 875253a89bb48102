import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImageEngine, TextEngine } from '../engine.ts'
import { createImageEngine } from '../images/image-engine.ts'
import { tinyClipDimensions, writeTinyClipModel } from '../models/tiny-clip-model.ts'
import { tinyColours } from '../models/tiny-colours.ts'
import { blue, green, plain, red } from '../testing/images.ts'
import { makeTinyImageModelsDir, removeModelsDir, temporaryModelsDir } from '../testing/model-folders.ts'
import { distance } from '../testing/text-engine.contract.ts'
import { createOnnxEngine } from './onnx-engine.ts'

const signal = new AbortController().signal
const modelsDir = await makeTinyImageModelsDir()
afterAll(() => removeModelsDir(modelsDir))
const options = { model: 'mine', modelsDir, intraOpThreads: 1, device: 'cpu', allowRemote: false } as const

describe.each(['tiny-clip', 'tiny-siglip'])('a model of images and texts: %s', (source) => {
  let images: ImageEngine
  let texts: TextEngine
  beforeAll(async () => {
    images = await createImageEngine({ ...options, source })
    texts = await createOnnxEngine({ ...options, source })
  })
  afterAll(async () => {
    await images.close()
    await texts.close()
  })
  const embed = async (written: readonly string[]) => (await texts.embed(written, { signal })).embeddings

  it('gives vectors of both, in one space', async () => {
    const pictures = await Promise.all(
      [red, green, blue].map(async (colour) => ({ bytes: await plain(colour).png().toBuffer() })),
    )
    const ofImages = (await images.embed(pictures, { signal })).embeddings
    const ofTexts = await embed(tinyColours)
    expect(images.dimensions).toBe(tinyClipDimensions)
    for (const [i, ofText] of ofTexts.entries()) {
      expect(Math.hypot(...ofText)).toBeCloseTo(1, 5)
      const distances = ofImages.map((ofImage) => distance(ofText, ofImage))
      expect(distances[i]).toBeLessThan(1e-5)
      expect(distances.filter((each) => each > 1)).toHaveLength(2)
    }
  })

  it('describes no labels, since it has none', () => {
    expect(images.descriptions).toEqual([])
  })

  it('reads texts in small letters, at the length that it wants, and cuts what is longer', async () => {
    const [short, loud, long, cut] = await embed([
      'red',
      'RED',
      `red ${'a '.repeat(12)}`,
      `red ${'a '.repeat(13)} green`,
    ])
    for (const other of [loud, long, cut]) expect(distance(short, other)).toBeLessThan(1e-5)
    const [both, first] = await embed(['a red thing on a green one', 'red green'])
    expect(distance(both, first)).toBeLessThan(1e-5)
  })
})

it('a model of images and texts that lacks the weights of a part says which', async () => {
  const ownDir = await temporaryModelsDir()
  const folder = join(ownDir, 'tiny-clip')
  await writeTinyClipModel(folder)
  await rm(join(folder, 'onnx'), { recursive: true })
  const own = { ...options, modelsDir: ownDir, source: 'tiny-clip' }
  const lacking = (file: string) => ({ code: 'MODEL_LOAD_FAILED', message: expect.stringContaining(file) })
  await expect(createImageEngine(own)).rejects.toMatchObject(lacking('onnx/vision_model.onnx'))
  await expect(createOnnxEngine(own)).rejects.toMatchObject(lacking('onnx/text_model.onnx'))
})
