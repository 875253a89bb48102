import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startHub } from '../testing/hub-server.ts'
import { makeModelsDir, makeTinyModelsDir, removeModelsDir } from '../testing/model-folders.ts'
import { distance } from '../testing/text-engine.contract.ts'
import { createOnnxEngine } from './onnx-engine.ts'
import type { OnnxSettings } from './settings.ts'

const signal = new AbortController().signal
const text = 'some text'

describe('a model on the hub', () => {
  let published: string
  let modelsDir: string
  let hub: Awaited<ReturnType<typeof startHub>>
  beforeAll(async () => {
    published = await makeTinyModelsDir()
  })
  afterAll(() => removeModelsDir(published))
  beforeEach(async () => {
    modelsDir = await makeModelsDir()
    hub = await startHub(published)
  })
  afterEach(async () => {
    await hub.close()
    await removeModelsDir(modelsDir)
  })

  async function embedWith(settings: OnnxSettings & { source?: string }): Promise<Float32Array | undefined> {
    const engine = await createOnnxEngine({ model: 'mine', source: 'tiny', modelsDir, device: 'cpu', ...settings })
    try {
      return (await engine.embed([text], { signal })).embeddings[0]
    } finally {
      await engine.close()
    }
  }

  it('is downloaded once, with the token that is set, and then needs no network', async () => {
    const downloaded = await embedWith({ hubUrl: hub.url, hubToken: 'hf_x' })
    expect(new Set(hub.requests.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer hf_x']))
    const asked = hub.requests.length
    expect(await embedWith({ hubUrl: hub.url })).toEqual(downloaded)
    expect(await embedWith({ hubUrl: hub.url, allowRemote: false })).toEqual(downloaded)
    expect(hub.requests).toHaveLength(asked)
  })

  it('is pooled in the way that it says', async () => {
    await hub.close()
    hub = await startHub(published, { 'tiny/1_Pooling/config.json': '{"pooling_mode_cls_token":true}' })
    const byFirstToken = await embedWith({ hubUrl: hub.url })
    const byMean = await embedWith({ source: join(published, 'tiny') })
    expect(distance(byFirstToken, byMean)).toBeGreaterThan(0.01)
    expect(await embedWith({ allowRemote: false })).toEqual(byFirstToken)
  })

  it('that does not exist is MODEL_LOAD_FAILED', async () => {
    await expect(embedWith({ hubUrl: hub.url, source: 'someone/nothing' })).rejects.toMatchObject({
      code: 'MODEL_LOAD_FAILED',
      message: 'the model "mine" was not found on the hub with an ONNX file, or is not public',
    })
  })

  it('that would have to be downloaded where that is not allowed is MODEL_LOAD_FAILED', async () => {
    await expect(embedWith({ hubUrl: hub.url, allowRemote: false })).rejects.toMatchObject({
      code: 'MODEL_LOAD_FAILED',
      message: 'the model "mine" is not on this worker, and the worker may not download models',
    })
    expect(hub.requests).toEqual([])
  })

  it('that does not answer is ENGINE_UNAVAILABLE', async () => {
    await hub.close()
    await expect(embedWith({ hubUrl: hub.url })).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' })
  })

  it('never stands in for a folder of the same name', async () => {
    await embedWith({ hubUrl: hub.url })
    await rm(join(modelsDir, 'hub', 'tiny', 'onnx'), { recursive: true })
    expect(await readFile(join(modelsDir, 'hub', 'tiny', 'config.json'), 'utf8')).toContain('bert')
    expect(await embedWith({ source: join(published, 'tiny'), allowRemote: false })).toHaveLength(16)
  })
})
