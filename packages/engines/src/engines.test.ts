import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { parseModels } from '@inferq/contracts'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { createEngines, type Engines } from './engines.ts'
import { startEmbeddingsServer } from './testing/embeddings-server.ts'
import { makeTinyModelsDir, removeModelsDir } from './testing/model-folders.ts'

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
