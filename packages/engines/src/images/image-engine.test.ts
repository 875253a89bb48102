import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { ImageEngine } from '../engine.ts'
import { writeTinyImageModel } from '../models/tiny-image-model.ts'
import { startHub } from '../testing/hub-server.ts'
import { describeImageEngine } from '../testing/image-engine.contract.ts'
import { blue, green, plain, quarters, red } from '../testing/images.ts'
import { makeTinyImageModelsDir, removeModelsDir, temporaryModelsDir } from '../testing/model-folders.ts'
import { createImageEngine, type ImageEngineOptions } from './image-engine.ts'
import { startModelThread } from './model/model-thread.ts'
import { startReader } from './reading/reader.ts'

const signal = new AbortController().signal
const modelsDir = await makeTinyImageModelsDir()
afterAll(() => removeModelsDir(modelsDir))

const options: ImageEngineOptions = {
  model: 'mine',
  source: 'tiny-image',
  modelsDir,
  intraOpThreads: 1,
  device: 'cpu',
  allowRemote: false,
}
const open = (settings: Partial<ImageEngineOptions> = {}) => createImageEngine({ ...options, ...settings })

async function withEngine<T>(settings: Partial<ImageEngineOptions>, use: (engine: ImageEngine) => Promise<T>) {
  const engine = await open(settings)
  try {
    return await use(engine)
  } finally {
    await engine.close()
  }
}

describeImageEngine('a model that classifies', open)
describeImageEngine('a model with boxes', () => open({ source: 'tiny-detector' }))
describeImageEngine('a model that gives vectors alone', () => open({ source: 'tiny-clip' }))

describe('a model that classifies', () => {
  it('says of each image what it is of', async () => {
    const images = await Promise.all(
      [red, green, blue].map(async (of) => ({ bytes: await plain(of).png().toBuffer() })),
    )
    const { scores } = await withEngine({}, (engine) => engine.classify(images, { signal }))
    for (const [i, ofImage] of scores.entries()) expect(ofImage[i]).toBeCloseTo(0.99999, 4)
  })

  it('looks only at the part that it is told to', async () => {
    const bytes = await quarters().png().toBuffer()
    const parts = [
      { bytes, bbox: { xmin: 0.5, ymin: 0, xmax: 1, ymax: 0.5 } },
      {
        bytes,
        polygon: [
          { x: 0, y: 0.5 },
          { x: 0.5, y: 0.5 },
          { x: 0.25, y: 1 },
        ],
      },
    ]
    const { scores } = await withEngine({}, (engine) => engine.classify(parts, { signal }))
    expect(scores[0]?.[1]).toBeGreaterThan(0.99)
    // Half of what is around the triangle is black, which is no colour.
    expect(scores[1]?.[2]).toBeGreaterThan(0.99)
    expect(scores[1]?.[2]).toBeLessThan(0.999)
  })
})

describe('a model with boxes', () => {
  it('says where in the whole image things are, also when it looked at a part', async () => {
    const bytes = await quarters().png().toBuffer()
    const lowerLeft = { xmin: 0, ymin: 0.5, xmax: 0.5, ymax: 1 }
    const { regions } = await withEngine({ source: 'tiny-detector' }, (engine) =>
      engine.detect([{ bytes }, { bytes, bbox: lowerLeft }], { signal }),
    )
    const found = regions.map((ofImage) => ofImage.map(({ box, labels }) => ({ ...box, label: labels[0]?.id })))
    expect(found[0]).toMatchObject([
      { xmin: 0, ymin: 0, xmax: 0.5, ymax: 0.5, label: 0 },
      { xmin: 0.5, ymin: 0, xmax: 1, ymax: 0.5, label: 1 },
      { xmin: 0, ymin: 0.5, xmax: 0.5, ymax: 1, label: 2 },
      // Black is as much any colour as it is nothing.
      { xmin: 0.5, ymin: 0.5, xmax: 1, ymax: 1 },
    ])
    expect(found[1]).toMatchObject([
      { xmin: 0, ymin: 0.5, xmax: 0.25, ymax: 0.75, label: 2 },
      { xmin: 0.25, ymin: 0.5, xmax: 0.5, ymax: 0.75, label: 2 },
      { xmin: 0, ymin: 0.75, xmax: 0.25, ymax: 1, label: 2 },
      { xmin: 0.25, ymin: 0.75, xmax: 0.5, ymax: 1, label: 2 },
    ])
  })
})

describe('loading', () => {
  it('of a model that lacks a file is MODEL_LOAD_FAILED, and says what it needs', async () => {
    await expect(open({ dtype: 'q8' })).rejects.toMatchObject({
      code: 'MODEL_LOAD_FAILED',
      message: expect.stringContaining('preprocessor_config.json and the weights for dtype q8'),
    })
  })

  it('of a model whose images would be prepared wrongly is MODEL_LOAD_FAILED, and says what is not known', async () => {
    const modelsDir = await temporaryModelsDir()
    await writeTinyImageModel(join(modelsDir, 'tiny-image'))
    const preprocessing = { image_processor_type: 'ViTImageProcessor', size: 32, do_pad: true, size_divisor: 32 }
    await writeFile(join(modelsDir, 'tiny-image', 'preprocessor_config.json'), JSON.stringify(preprocessing))
    await expect(open({ modelsDir })).rejects.toMatchObject({
      code: 'MODEL_LOAD_FAILED',
      message: expect.stringContaining('not known here: size_divisor'),
    })
  })

  it('takes a model from the hub, and needs no network the next time', async () => {
    const hub = await startHub(modelsDir)
    const settings = { modelsDir: await temporaryModelsDir(), hubUrl: hub.url }
    const image = { bytes: await plain(red).png().toBuffer() }
    const classify = (engine: ImageEngine) => engine.classify([image], { signal })
    const first = await withEngine({ ...settings, allowRemote: true }, classify)
    await hub.close()
    expect((await withEngine(settings, classify)).scores).toEqual(first.scores)
  })
})

describe('a thread that dies', () => {
  /** An engine whose threads the test can reach, the newest last. */
  async function openWithThreads(source = 'tiny-image', dir = modelsDir) {
    const threads: Record<'model' | 'reader', { terminate(): Promise<void> }[]> = { model: [], reader: [] }
    const engine = await createImageEngine(
      { ...options, source, modelsDir: dir },
      {
        async model(threadOptions) {
          const thread = await startModelThread(threadOptions)
          threads.model.push(thread)
          return thread
        },
        async reader(model, threadOptions) {
          const thread = await startReader(model, threadOptions)
          threads.reader.push(thread)
          return thread
        },
      },
    )
    return { engine, threads }
  }

  it.each(['model', 'reader'] as const)(
    'fails the calls it had, and the next call has a new one: %s',
    async (which) => {
      const { engine, threads } = await openWithThreads()
      const image = { bytes: await plain(red, 3_000, 3_000).jpeg().toBuffer() }
      const answers = Promise.allSettled([1, 2].map(() => engine.classify([image], { signal })))
      await threads[which][0]?.terminate()
      for (const answer of await answers) {
        // What the thread of the model had not come to yet goes to the new one.
        if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'ENGINE_FAILED' })
        else expect(which).toBe('model')
      }
      expect((await engine.classify([image], { signal })).scores).toHaveLength(1)
      expect(threads[which]).toHaveLength(2)
      await engine.close()
    },
  )

  it('is replaced as soon as someone asks for the health', async () => {
    const { engine, threads } = await openWithThreads()
    await threads.reader[0]?.terminate()
    expect(await engine.health()).toBe('starting')
    await expect.poll(() => engine.health(), { timeout: 15_000 }).toBe('ready')
    await engine.close()
  })

  it('and cannot be replaced leaves the engine failing calls until it can', async () => {
    const ownDir = await makeTinyImageModelsDir()
    const { engine, threads } = await openWithThreads('tiny-image', ownDir)
    await rm(join(ownDir, 'tiny-image', 'onnx'), { recursive: true })
    await threads.model[0]?.terminate()
    const image = { bytes: await plain(red).png().toBuffer() }
    await expect(engine.classify([image], { signal })).rejects.toMatchObject({ code: 'MODEL_LOAD_FAILED' })
    await engine.close()
    await removeModelsDir(ownDir)
  })
})
