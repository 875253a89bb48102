import type { EmbedResult } from '../engine.ts'

/** One caller's `embed` while its texts are on their way through batches. */
export class Call {
  readonly texts: readonly string[]
  readonly result: Promise<EmbedResult>
  /** Answered, failed or aborted: nothing more is to be computed for it. */
  isSettled = false
  readonly #embeddings: Float32Array[] = []
  readonly #startedAt = performance.now()
  readonly #settle = Promise.withResolvers<EmbedResult>()
  readonly #forgetSignal: () => void
  #nextIndex = 0
  #missing: number
  #computingMs = 0

  /** Fails with the signal's reason when it fires, and then calls `onAbort`. */
  constructor(texts: readonly string[], signal: AbortSignal, onAbort: () => void) {
    this.texts = texts
    this.result = this.#settle.promise
    this.#missing = texts.length
    const abort = () => {
      this.fail(signal.reason)
      onAbort()
    }
    signal.addEventListener('abort', abort, { once: true })
    this.#forgetSignal = () => signal.removeEventListener('abort', abort)
  }

  get hasTextsToSend(): boolean {
    return !this.isSettled && this.#nextIndex < this.texts.length
  }

  get textsToSend(): readonly string[] {
    return this.texts.slice(this.#nextIndex)
  }

  /** The text that is next to be sent, and then no longer is. */
  takeText(): number {
    return this.#nextIndex++
  }

  get nextText(): string {
    return this.texts[this.#nextIndex] as string
  }

  addComputing(computingMs: number): void {
    this.#computingMs += computingMs
  }

  receive(index: number, embedding: Float32Array): void {
    if (this.isSettled) return
    this.#embeddings[index] = embedding
    this.#missing--
    if (this.#missing > 0) return
    const elapsedMs = performance.now() - this.#startedAt
    // Batches may overlap in time; together they took no longer than the call did.
    const computingMs = Math.min(this.#computingMs, elapsedMs)
    this.#finish()
    this.#settle.resolve({ embeddings: this.#embeddings, preparingMs: elapsedMs - computingMs, computingMs })
  }

  fail(error: unknown): void {
    if (this.isSettled) return
    this.#finish()
    this.#settle.reject(error)
  }

  #finish(): void {
    this.isSettled = true
    this.#forgetSignal()
  }
}
