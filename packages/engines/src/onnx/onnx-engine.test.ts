import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { batched } from '../batching/batcher.ts'
import { makeTinyModelsDir, removeModelsDir } from '../testing/model-folders.ts'
import { describeTextEngine, distance } from '../testing/text-engine.contract.ts'
import { createOnnxEngine, type OnnxEngineOptions } from './onnx-engine.ts'
import { openTextModel } from './text-model.ts'
import { startTextThread, type TextThread } from './text-thread.ts'

const signal = new AbortController().signal
const modelsDir = await makeTinyModelsDir()
afterAll(() => removeModelsDir(modelsDir))

const options: OnnxEngineOptions = { model: 'mine', source: 'tiny', modelsDir, intraOpThreads: 1, device: 'cpu' }
const open = (settings: Partial<OnnxEngineOptions> = {}) => createOnnxEngine({ ...options, ...settings })

describeTextEngine('the onnx engine', open)
describeTextEngine('the onnx engine behind the batcher', async () => batched(await open()))

describe('a local model', () => {
  it('reads a text that is too long up to its limit, closing mark included', async () => {
    const engine = await open()
    const [exact, longer] = (await engine.embed([`${'a '.repeat(62)}`, `${'a '.repeat(90)}`], { signal })).embeddings
    expect(distance(exact, longer)).toBeLessThan(1e-4)
    await engine.close()
  })

  it('that has no folder is MODEL_LOAD_FAILED, without telling callers where it was looked for', async () => {
    const error: Error = await open({ source: join(modelsDir, 'absent') }).then(
      () => expect.unreachable(),
      (reason) => reason,
    )
    expect(error).toMatchObject({ code: 'MODEL_LOAD_FAILED', kind: 'permanent' })
    expect(error.message).not.toContain(modelsDir)
  })

  it('that lacks a file is MODEL_LOAD_FAILED, and says what it needs', async () => {
    await expect(open({ dtype: 'q8' })).rejects.toMatchObject({
      code: 'MODEL_LOAD_FAILED',
      message: expect.stringContaining('the weights for dtype q8'),
    })
  })

  it('is not loaded on a device that this machine does not have', async () => {
    const device = process.platform === 'win32' ? 'coreml' : 'dml'
    await expect(open({ device })).rejects.toMatchObject({
      code: 'MODEL_LOAD_FAILED',
      message: expect.stringContaining('cannot run on the device'),
    })
  })
})

describe('a thread that dies', () => {
  /** An engine whose threads the test can reach. */
  async function openWithThreads() {
    const threads: TextThread[] = []
    const engine = await createOnnxEngine(options, async (threadOptions) => {
      const thread = await startTextThread(threadOptions)
      threads.push(thread)
      return thread
    })
    return { engine, threads }
  }

  it('fails the calls it had as ENGINE_FAILED, and the next call has a new one', async () => {
    const { engine, threads } = await openWithThreads()
    const answers = [1, 2].map(() => engine.embed(Array(500).fill('some text to compute'), { signal }))
    await threads[0]?.terminate()
    for (const answer of answers)
      await expect(answer).rejects.toMatchObject({ code: 'ENGINE_FAILED', kind: 'transient' })
    expect((await engine.embed(['next'], { signal })).embeddings).toHaveLength(1)
    expect(threads).toHaveLength(2)
    await engine.close()
  })

  it('is replaced as soon as someone asks for the health', async () => {
    const { engine, threads } = await openWithThreads()
    await threads[0]?.terminate()
    expect(await engine.health()).toBe('starting')
    await expect.poll(() => engine.health(), { timeout: 15_000 }).toBe('ready')
    await engine.close()
  })

  it('and cannot be replaced leaves the engine down until it can', async () => {
    const ownDir = await makeTinyModelsDir()
    let thread: TextThread | undefined
    const engine = await createOnnxEngine(
      { ...options, modelsDir: ownDir, allowRemote: false },
      async (threadOptions) => {
        thread = await startTextThread(threadOptions)
        return thread
      },
    )
    await rm(join(ownDir, 'tiny', 'onnx'), { recursive: true })
    await thread?.terminate()
    await expect(engine.embed(['text'], { signal })).rejects.toMatchObject({ code: 'MODEL_LOAD_FAILED' })
    await engine.close()
    await removeModelsDir(ownDir)
  })
})

describe('a call that is cancelled', () => {
  it('costs at most the run of the model that is under way', async () => {
    const folder = join(modelsDir, 'tiny')
    const model = await openTextModel({
      ...options,
      location: { kind: 'folder', folder },
      cacheDir: modelsDir,
      maxBatchItems: 1,
    })
    let checks = 0
    const result = await model.embed(Array(50).fill('text'), () => ++checks > 3)
    expect(result).toBeNull()
    expect(checks).toBe(4)
    await model.dispose()
  })

  it('before the thread came to it costs nothing', async () => {
    const thread = await startTextThread({
      ...options,
      location: { kind: 'folder', folder: join(modelsDir, 'tiny') },
      cacheDir: modelsDir,
    })
    const many = thread.call({ texts: Array(300).fill('some text to compute') }, signal)
    const controller = new AbortController()
    let answered = false
    thread.call({ texts: ['dropped'] }, controller.signal).then(() => {
      answered = true
    })
    controller.abort()
    const after = thread.call({ texts: ['after'] }, signal)
    await Promise.all([many, after])
    expect(answered).toBe(false)
    await thread.close()
  })
})
