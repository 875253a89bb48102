import { join } from 'node:path'
import { JobError } from '@inferq/contracts'
import { untilAborted } from '../abort.ts'
import { type EmbedResult, type EngineHealth, type EngineLog, silentLog, type TextEngine } from '../engine.ts'
import { estimateTokens, refuseBlankTexts } from '../texts.ts'
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
  #thread: Promise<TextThread> | undefined
  #health: EngineHealth = 'starting'
  #isClosed = false
  #loaded: LoadedModel | undefined
  readonly #options: OnnxEngineOptions
  readonly #startThread: StartThread
  readonly #log: EngineLog

  constructor(options: OnnxEngineOptions, startThread: StartThread) {
    this.model = options.model
    this.#options = options
    this.#startThread = startThread
    this.#log = options.log ?? silentLog
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

  /** Starts the thread again if it has died: whoever asks is about to need it. */
  async health(): Promise<EngineHealth> {
    if (!this.#isClosed) this.start().catch(() => {})
    return this.#health
  }

  async embed(texts: readonly string[], { signal }: { signal: AbortSignal }): Promise<EmbedResult> {
    const startedAt = performance.now()
    signal.throwIfAborted()
    if (texts.length === 0) return { embeddings: [], preparingMs: 0, computingMs: 0 }
    refuseBlankTexts(texts)
    const thread = await untilAborted(this.start(), signal)
    const { vectors, computingMs } = await untilAborted(thread.embed(texts, signal), signal)
    const width = vectors.length / texts.length
    return {
      embeddings: texts.map((_, index) => vectors.subarray(index * width, (index + 1) * width)),
      preparingMs: Math.max(0, performance.now() - startedAt - computingMs),
      computingMs,
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#health = 'down'
    const thread = await this.#thread?.catch(() => undefined)
    await thread?.close()
  }

  /** The running thread, or a new one. A thread that failed to load or has died is forgotten, so the next call tries. */
  start(): Promise<TextThread> {
    if (this.#isClosed)
      return Promise.reject(new JobError('ENGINE_UNAVAILABLE', `the engine of "${this.model}" is closed`))
    this.#thread ??= this.#load().catch((error) => {
      this.#forgetThread()
      throw error
    })
    return this.#thread
  }

  async #load(): Promise<TextThread> {
    this.#health = 'starting'
    const { source, modelsDir, log: _, ...settings } = this.#options
    const location = await locateModel(source, modelsDir, this.#log)
    const cacheDir = settings.cacheDir ?? join(modelsDir, 'hub')
    const thread = await this.#startThread({ ...settings, location, cacheDir })
    this.#loaded = thread.loaded
    if (!this.#isClosed) this.#health = 'ready'
    thread.ended.then(() => this.#forgetThread())
    const { failedDevices, ...loaded } = thread.loaded
    for (const failed of failedDevices) this.#log.warn({ model: this.model, ...failed }, 'device does not work')
    this.#log.info({ model: this.model, ...loaded }, 'model loaded')
    return thread
  }

  #forgetThread(): void {
    this.#thread = undefined
    this.#health = 'down'
  }

  get #known(): LoadedModel {
    if (!this.#loaded) throw new Error('an engine is handed out only after its model has been loaded')
    return this.#loaded
  }
}
