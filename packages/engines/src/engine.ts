/** What came of one `embed`: one vector per text, in the order of the texts. The two times together are its wall time. */
export interface EmbedResult {
  readonly embeddings: readonly Float32Array[]
  /** Waiting for a place in a batch, tokenising, going back and forth. */
  readonly preparingMs: number
  /** The model, or the server behind it, at work on batches that held this call's texts. */
  readonly computingMs: number
}

export type EngineHealth = 'ready' | 'starting' | 'down'

/**
 * What a worker needs from a runtime that turns text into vectors. Vectors have length 1. A failure is a `JobError`
 * (contracts); an abort rejects with the signal's reason, and work that nobody waits for any more is dropped.
 */
export interface TextEngine {
  /** The name under which it was asked for. */
  readonly model: string
  /** The kind of runtime: `onnx`, `http`. */
  readonly engine: string
  /** Where it really computes: `cpu`, `cuda`, or the origin of a server. */
  readonly device: string
  /** Texts and tokens that are worth sending in one `embed`; more than that is allowed, and is cut inside. */
  readonly maxBatchItems: number
  readonly maxBatchTokens: number
  /** Never throws. */
  health(): Promise<EngineHealth>
  /** A rough count, for cutting batches: cheap, no round trip. */
  estimateTokens(text: string): number
  embed(texts: readonly string[], options: { signal: AbortSignal }): Promise<EmbedResult>
  close(): Promise<void>
}

/** The part of a logger that engines use; pino's fits. */
export interface EngineLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

export const silentLog: EngineLog = { info: () => {}, warn: () => {} }
