import { JobError } from '@inferq/contracts'
import type { EmbedResult, EngineHealth, TextEngine } from '../engine.ts'
import { estimateTokens, refuseBlankTexts } from '../texts.ts'
import { readEmbeddings } from './answer.ts'
import { cutTexts } from './cut-texts.ts'
import { get, post, rootUrl, type Server } from './server.ts'
import { defaultServerLimits, readServerLimits, type ServerLimits } from './server-limits.ts'
import { errorOfAnswer } from './status-errors.ts'

export interface HttpSettings {
  readonly apiKey?: string
  /** How long a server may take for one request. Default 60 000. */
  readonly timeoutMs?: number
}

export interface HttpEngineOptions extends HttpSettings {
  readonly model: string
  /** Where `/embeddings` is; ends in `/v1` as a rule. */
  readonly baseUrl: string
  /** The model's name there. */
  readonly remoteModel: string
}

const probeTimeoutMs = 5_000

/**
 * A server that speaks OpenAI's embeddings wire: TEI, vLLM, Ollama, OpenAI. Nothing is sent until the first call, so a
 * server that is still starting is no reason not to start.
 */
export function createHttpEngine(options: HttpEngineOptions): TextEngine {
  const url = new URL(options.baseUrl)
  if (url.username !== '' || url.password !== '') {
    throw new JobError(
      'MODEL_LOAD_FAILED',
      `the address of the model "${options.model}" holds a password; set an API key instead`,
    )
  }
  return new HttpTextEngine(options)
}

class HttpTextEngine implements TextEngine {
  readonly engine = 'http'
  readonly model: string
  readonly device: string
  readonly #server: Server
  readonly #remoteModel: string
  readonly #closing = new AbortController()
  #limits: ServerLimits | undefined

  constructor({ model, baseUrl, remoteModel, apiKey, timeoutMs = 60_000 }: HttpEngineOptions) {
    this.model = model
    this.device = new URL(baseUrl).origin
    this.#server = { baseUrl: baseUrl.replace(/\/+$/, ''), apiKey, timeoutMs }
    this.#remoteModel = remoteModel
  }

  get maxBatchItems(): number {
    return (this.#limits ?? defaultServerLimits).maxBatchItems
  }
  get maxBatchTokens(): number {
    return (this.#limits ?? defaultServerLimits).maxBatchTokens
  }

  estimateTokens(text: string): number {
    return estimateTokens(text, this.#limits?.maxTextTokens)
  }

  async health(): Promise<EngineHealth> {
    try {
      const health = await get(this.#probe, `${rootUrl(this.#server)}/health`, this.#closing.signal)
      if (health.status === 200) return 'ready'
      if (health.status === 503) return 'starting'
      const models = await get(this.#probe, `${this.#server.baseUrl}/models`, this.#closing.signal)
      return models.status === 200 ? 'ready' : 'down'
    } catch {
      return 'down'
    }
  }

  async embed(texts: readonly string[], { signal }: { signal: AbortSignal }): Promise<EmbedResult> {
    const startedAt = performance.now()
    const stop = AbortSignal.any([signal, this.#closing.signal])
    stop.throwIfAborted()
    if (texts.length === 0) return { embeddings: [], preparingMs: 0, computingMs: 0 }
    refuseBlankTexts(texts)
    this.#limits ??= await readServerLimits(this.#probe, stop)
    const sentAt = performance.now()
    const embeddings: Float32Array[] = []
    for (const run of cutTexts(texts, (text) => this.estimateTokens(text), this)) {
      embeddings.push(...(await this.#embedRun(run, stop)))
    }
    return { embeddings, preparingMs: sentAt - startedAt, computingMs: performance.now() - sentAt }
  }

  async close(): Promise<void> {
    this.#closing.abort(new JobError('ENGINE_UNAVAILABLE', `the engine of "${this.model}" is closed`))
  }

  async #embedRun(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    const body = { model: this.#remoteModel, input: texts, encoding_format: 'float' }
    const answer = await post(this.#server, `${this.#server.baseUrl}/embeddings`, body, signal)
    if (answer.status === 200) return readEmbeddings(answer.body, texts.length)
    if (answer.status !== 413) throw errorOfAnswer(this.#server, answer)
    if (texts.length === 1) throw new JobError('INPUT_TOO_LARGE', 'the model server takes no text as long as this one')
    // Its limits are lower than it said, or than could be known.
    const half = Math.ceil(texts.length / 2)
    return [
      ...(await this.#embedRun(texts.slice(0, half), signal)),
      ...(await this.#embedRun(texts.slice(half), signal)),
    ]
  }

  get #probe(): Server {
    return { ...this.#server, timeoutMs: Math.min(probeTimeoutMs, this.#server.timeoutMs) }
  }
}
