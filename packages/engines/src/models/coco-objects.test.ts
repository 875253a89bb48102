import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImageEngine } from '../engine.ts'
import { createImageEngine } from '../images/image-engine.ts'
import { describeImageEngine } from '../testing/image-engine.contract.ts'
import { draw, quarters, stopSign } from '../testing/images.ts'
import { makeModelsDir, removeModelsDir } from '../testing/model-folders.ts'
import { distance } from '../testing/text-engine.contract.ts'
import { cocoFeatures } from './coco-graph.ts'
import { cocoLabels } from './coco-labels.ts'
import { ensureCocoObjects } from './coco-objects.ts'

const signal = new AbortController().signal
const modelsDir = await makeModelsDir()
afterAll(() => removeModelsDir(modelsDir))

const open = () =>
  createImageEngine({ model: 'coco-objects', source: 'coco-objects', modelsDir, intraOpThreads: 1, device: 'cpu' })

describe('the folder of the built-in image model', () => {
  it('is made once and whole, and says where the weights are from and what is known of their licence', async () => {
    const folders = await Promise.all([1, 2].map(() => ensureCocoObjects(modelsDir)))
    expect(new Set(folders)).toEqual(new Set([join(modelsDir, 'coco-objects')]))
    const files = ['LICENSE', 'NOTICE', 'config.json', 'inferq-model.json', 'onnx', 'preprocessor_config.json']
    expect((await readdir(folders[0] as string)).sort()).toEqual(files)
    expect(await readFile(join(folders[0] as string, 'NOTICE'), 'utf8')).toContain('states no licence')
  })
})

describeImageEngine('the built-in image model', open)

describe('the built-in image model', () => {
  let engine: ImageEngine
  let sign: Uint8Array
  beforeAll(async () => {
    engine = await open()
    sign = await stopSign(640, 480, { x: 200, y: 180 }, 120).jpeg().toBuffer()
  })
  afterAll(() => engine.close())
  const idOf = (label: string) => cocoLabels.indexOf(label)

  it('gives 80 labels, which do not exclude each other, to images and to boxes', () => {
    expect(engine.descriptions.map(({ job, exclusive }) => [job, exclusive])).toEqual([
      ['classify.image', false],
      ['detect.image', false],
    ])
    for (const { labels } of engine.descriptions) expect(labels.map(({ name }) => name)).toEqual(cocoLabels)
    expect(cocoLabels).toHaveLength(80)
  })

  it('knows a stop sign when it sees one', async () => {
    const [scores = new Float32Array()] = (await engine.classify([{ bytes: sign }], { signal })).scores
    expect(scores.indexOf(Math.max(...scores))).toBe(idOf('stop sign'))
    expect(scores[idOf('stop sign')]).toBeGreaterThan(0.5)
  })

  // From a conversion that was compared with TensorFlow.js on the same weights: other numbers mean that thresholds which
  // people have set no longer mean what they meant.
  it('gives it the scores that it has always had', async () => {
    const [scores] = (await engine.classify([{ bytes: sign }], { signal })).scores
    const golden = { 'stop sign': 0.638, umbrella: 0.31, clock: 0.102, person: 0.057 }
    for (const [label, score] of Object.entries(golden)) expect(scores?.[idOf(label)]).toBeCloseTo(score, 2)
  })

  it.each([
    ['the whole image', undefined],
    ['a part of it', { xmin: 0.05, ymin: 0, xmax: 0.75, ymax: 0.9 }],
  ])('finds where it is, looking at %s', async (_, bbox) => {
    const image = bbox ? { bytes: sign, bbox } : { bytes: sign }
    const [[found] = []] = (await engine.detect([image], { signal })).regions
    expect(found?.labels[0]?.id).toBe(idOf('stop sign'))
    const { xmin, ymin, xmax, ymax } = found?.box ?? {}
    const expected = [80 / 640, 60 / 480, 320 / 640, 300 / 480]
    for (const [i, side] of [xmin, ymin, xmax, ymax].entries()) {
      expect(Math.abs((side ?? Number.NaN) - (expected[i] as number))).toBeLessThan(0.03)
    }
  })

  it('gives similar pictures vectors that are nearer to each other than those of different ones', async () => {
    const pictures = [
      stopSign(640, 480, { x: 300, y: 220 }, 120),
      stopSign(640, 480, { x: 200, y: 180 }, 60),
      quarters(640, 480),
      draw(640, 480, (x) => (Math.floor(x / 20) % 2 ? [255, 255, 0] : [10, 10, 60])),
    ]
    const others = await Promise.all(pictures.map(async (picture) => ({ bytes: await picture.jpeg().toBuffer() })))
    const { embeddings } = await engine.embed([{ bytes: sign }, ...others], { signal })
    expect(engine.dimensions).toBe(cocoFeatures)
    const [, moved, small, ...different] = embeddings.map((vector) => distance(embeddings[0], vector))
    for (const unlike of different) expect(Math.max(moved ?? 9, small ?? 9)).toBeLessThan(unlike / 1.5)
  })

  it('leaves the main thread free while it is at work', async () => {
    const before = performance.eventLoopUtilization()
    await engine.classify(Array(8).fill({ bytes: sign }), { signal })
    expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5)
  })
})
