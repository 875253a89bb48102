import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defaultImageModel, parseModels } from '@inferq/contracts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createEngines, type Engines, type EnginesOptions } from './engines.ts'
import { startEmbeddingsServer } from './testing/embeddings-server.ts'
import { plain, red } from './testing/images.ts'
import { makeTinyImageModelsDir, makeTinyModelsDir, removeModelsDir } from './testing/model-folders.ts'

const signal = new AbortController().signal
const modelsDir = await makeTinyModelsDir()
const server = await startEmbeddingsServer()
afterAll(async () => {
  await server.close()
  await removeModelsDir(modelsDir)
})

let engines: Engines
afterEach(() => engines.close())
function open(models: string) {
  engines = createEngines({
    models: parseModels(models),
    modelsDir,
    onnx: { device: 'cpu', intraOpThreads: 1, allowRemote: false },
  })
  return engines
}

describe('the engines of a worker', () => {
  it('are found by name, and the first without one', async () => {
    open(`local=tiny, far=${server.baseUrl}#theirs`)
    expect(await engines.text()).toBe(await engines.text('local'))
    expect(await engines.text('far')).toMatchObject({ model: 'far', engine: 'http', device: server.origin })
    expect((await (await engines.text('far')).embed(['a'], { signal })).embeddings).toHaveLength(1)
  })

  it('are loaded once, however many ask at the same time', async () => {
    open('local=tiny')
    const [first, second] = await Promise.all([engines.text('local'), engines.text()])
    expect(first).toBe(second)
  })

  it('of an unknown name are MODEL_UNKNOWN, with the names that are known', async () => {
    open('one=tiny,two=tiny')
    await expect(engines.text('three')).rejects.toMatchObject({
      code: 'MODEL_UNKNOWN',
      message: 'there is no model "three"; this worker has: one, two',
    })
  })

  it('that failed to load are tried again by the next call', async () => {
    open('local=tiny')
    await rename(join(modelsDir, 'tiny'), join(modelsDir, 'away'))
    await expect(engines.text()).rejects.toMatchObject({ code: 'MODEL_LOAD_FAILED' })
    await rename(join(modelsDir, 'away'), join(modelsDir, 'tiny'))
    expect(await engines.text()).toMatchObject({ device: 'cpu' })
  })

  it('are all loaded by a warm-up, which fails with what failed', async () => {
    open('local=tiny,absent=nothing')
    await expect(engines.warmUp()).rejects.toThrow('the model "absent" is not on this worker')
    expect(await (await engines.text('local')).health()).toBe('ready')
  })

  it('are described with the device they run on, and with the wanted one until they do', async () => {
    engines = createEngines({ models: parseModels(`local=tiny,far=${server.baseUrl}`), modelsDir })
    const far = { name: 'far', job: 'embed.text', engine: 'http', device: server.origin }
    expect(engines.describe()).toEqual([{ name: 'local', job: 'embed.text', engine: 'onnx', device: 'auto' }, far])
    const { device } = await engines.text('local')
    expect(engines.describe()).toEqual([{ name: 'local', job: 'embed.text', engine: 'onnx', device }, far])
    expect(device).not.toBe('auto')
  })

  it('refuse calls once they are closed', async () => {
    open('local=tiny')
    const engine = await engines.text()
    await engines.close()
    await expect(engines.text()).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' })
    await expect(engine.embed(['a'], { signal })).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' })
  })
})

describe('the engines for images of a worker', () => {
  let imagesDir: string
  beforeAll(async () => {
    imagesDir = await makeTinyImageModelsDir()
  })
  afterAll(() => removeModelsDir(imagesDir))

  function openImages(imageModels: string, settings: Partial<EnginesOptions> = {}) {
    engines = createEngines({
      models: [],
      imageModels: parseModels(imageModels),
      modelsDir: imagesDir,
      onnx: { device: 'cpu', intraOpThreads: 1, allowRemote: false },
      ...settings,
    })
    return engines
  }

  it('are found by name, and the first without one', async () => {
    openImages('colours=tiny-image,boxes=tiny-detector')
    expect(await engines.image()).toBe(await engines.image('colours'))
    expect(await engines.image('boxes')).toMatchObject({ model: 'boxes', engine: 'onnx', device: 'cpu' })
    await expect(engines.image('other')).rejects.toMatchObject({
      code: 'MODEL_UNKNOWN',
      message: 'there is no model "other"; this worker has: colours, boxes',
    })
  })

  it('are described once they are loaded, with what they can do', async () => {
    openImages('colours=tiny-image,boxes=tiny-detector')
    expect(engines.describeImages()).toEqual([])
    expect(engines.describe()).toEqual([])
    await engines.warmUp()
    const labels = ['red', 'green', 'blue'].map((name, id) => ({ id, name }))
    expect(engines.describeImages()).toEqual([
      { v: 1, name: 'colours', job: 'classify.image', labels, exclusive: true },
      { v: 1, name: 'boxes', job: 'detect.image', labels, exclusive: false },
    ])
    expect(engines.describe()).toEqual([
      { name: 'colours', job: 'classify.image', engine: 'onnx', device: 'cpu' },
      { name: 'colours', job: 'embed.image', engine: 'onnx', device: 'cpu' },
      { name: 'boxes', job: 'detect.image', engine: 'onnx', device: 'cpu' },
    ])
  })

  it('cannot be servers', async () => {
    openImages('far=http://localhost:1/v1')
    await expect(engines.warmUp()).rejects.toMatchObject({ code: 'MODEL_LOAD_FAILED' })
  })

  it('let a warm-up fail, unless it is the built-in one that does not load', async () => {
    openImages('absent=nothing,colours=tiny-image')
    await expect(engines.warmUp()).rejects.toThrow('the model "absent" is not on this worker')
    await engines.close()
    // A file in the place of the folder that the built-in model would be written into.
    const warnings: object[] = []
    const noDir = join(imagesDir, 'no-folder')
    await writeFile(noDir, '')
    openImages(defaultImageModel, {
      modelsDir: noDir,
      log: { info: () => {}, warn: (fields) => warnings.push(fields) },
    })
    await engines.warmUp()
    expect(warnings).toMatchObject([{ model: defaultImageModel, err: { code: 'MODEL_LOAD_FAILED' } }])
    expect(engines.describe()).toEqual([])
    await expect(engines.image()).rejects.toMatchObject({ code: 'MODEL_LOAD_FAILED' })
  })

  it('read no more pixels than they are told to', async () => {
    openImages('tiny-image', { imageLimits: { maxPixels: 1_000_000 } })
    const image = { bytes: await plain(red, 1_001, 1_000).png().toBuffer() }
    await expect((await engines.image()).classify([image], { signal })).rejects.toMatchObject({
      code: 'INPUT_UNREADABLE',
      message: 'image 1 has 1001 x 1000 pixels; at most 1 megapixels are read',
    })
  })
})
