import { join } from 'node:path'
import { untilAborted } from '../abort.ts'
import { type EmbedResult, type EngineHealth, type EngineLog, silentLog, type TextEngine } from '../engine.ts'
import { estimateTokens, refuseBlankTexts } from '../texts.ts'
import { RestartedThread } from '../threads/restarted-thread.ts'
import { locateModel } from './locate.ts'
import type { LoadedModel } from './messages.ts'
import type { OnnxSettings } from './settings.ts'
import { startTextThread, type TextThread } from './text-thread.ts'

export interface OnnxEngineOptions extends OnnxSettings {
  readonly model: string
  /** A hub id, a folder, a name inside `modelsDir`, or the built-in model. */
  readonly source: string
  readonly modelsDir: string
  readonly log?: EngineLog
}

type StartThread = typeof startTextThread

/** Loads a model of the Hugging Face layout into a thread of its own. Rejects when it cannot be loaded. */
export async function createOnnxEngine(options: OnnxEngineOptions, startThread: StartThread = startTextThread) {
  const engine = new OnnxTextEngine(options, startThread)
  await engine.start()
  return engine as TextEngine
}

class OnnxTextEngine implements TextEngine {
  readonly engine = 'onnx'
  readonly model: string
  readonly #thread: RestartedThread<TextThread>
  #loaded: LoadedModel | undefined
  readonly #options: OnnxEngineOptions
  readonly #startThread: StartThread
  readonly #log: EngineLog

  constructor(options: OnnxEngineOptions, startThread: StartThread) {
    this.model = options.model
    this.#options = options
    this.#startThread = startThread
    this.#log = options.log ?? silentLog
    this.#thread = new RestartedThread(options.model, () => this.#load())
  }

  get device(): string {
    return this.#known.device
  }
  get maxBatchItems(): number {
    return this.#known.maxBatchItems
  }
  get maxBatchTokens(): number {
    return this.#known.maxBatchTokens
  }

  estimateTokens(text: string): number {
    return estimateTokens(text, this.#known.maxTokens)
  }

  async health(): Promise<EngineHealth> {
    return this.#thread.health()
  }

  async embed(texts: readonly string[], { signal }: { signal: AbortSignal }): Promise<EmbedResult> {
    const startedAt = performance.now()
    signal.throwIfAborted()
    if (texts.length === 0) return { embeddings: [], preparingMs: 0, computingMs: 0 }
    refuseBlankTexts(texts)
    const thread = await untilAborted(this.start(), signal)
    const { vectors, computingMs } = await untilAborted(thread.call({ texts }, signal), signal)
    const width = vectors.length / texts.length
    return {
      embeddings: texts.map((_, index) => vectors.subarray(index * width, (index + 1) * width)),
      preparingMs: Math.max(0, performance.now() - startedAt - computingMs),
      computingMs,
    }
  }

  close(): Promise<void> {
    return this.#thread.close()
  }

  start(): Promise<TextThread> {
    return this.#thread.running()
  }

  async #load(): Promise<TextThread> {
    const { source, modelsDir, log: _, ...settings } = this.#options
    const location = await locateModel(source, modelsDir, this.#log)
    const cacheDir = settings.cacheDir ?? join(modelsDir, 'hub')
    const thread = await this.#startThread({ ...settings, location, cacheDir })
    this.#loaded = thread.loaded
    const { failedDevices, ...loaded } = thread.loaded
    for (const failed of failedDevices) this.#log.warn({ model: this.model, ...failed }, 'device does not work')
    this.#log.info({ model: this.model, ...loaded }, 'model loaded')
    return thread
  }

  get #known(): LoadedModel {
    if (!this.#loaded) throw new Error('an engine is handed out only after its model has been loaded')
    return this.#loaded
  }
}
