import { JobError } from '@inferq/contracts'
import type { EmbedResult, TextEngine } from '../engine.ts'
import { refuseBlankTexts } from '../texts.ts'
import type { Batch } from './batch.ts'
import { Call } from './call.ts'
import { WaitingCalls } from './waiting-calls.ts'

export interface BatchingOptions {
  /**
   * How long, after a batch, what waits may wait on for more company when it does not fill the next one. Default 0: it
   * goes at once. A call that finds the engine idle never waits.
   */
  readonly maxWaitMs?: number
}

/**
 * Puts the texts of concurrent calls together: while the engine computes one batch, the next one fills, and a full one
 * is handed over early so that the engine finds it when it is done. A caller sees its own texts, in order, and only
 * its own errors.
 */
export function batched(engine: TextEngine, { maxWaitMs = 0 }: BatchingOptions = {}): TextEngine {
  const batcher = new Batcher(engine, maxWaitMs)
  return {
    model: engine.model,
    engine: engine.engine,
    get device() {
      return engine.device
    },
    get maxBatchItems() {
      return engine.maxBatchItems
    },
    get maxBatchTokens() {
      return engine.maxBatchTokens
    },
    health: () => engine.health(),
    estimateTokens: (text) => engine.estimateTokens(text),
    embed: (texts, { signal }) => batcher.embed(texts, signal),
    close: async () => {
      batcher.close()
      await engine.close()
    },
  }
}

/** One that computes and one that is ready behind it. */
const maxBatchesInFlight = 2

class Batcher {
  readonly #engine: TextEngine
  readonly #maxWaitMs: number
  readonly #waiting = new WaitingCalls()
  /** Parts of a refused batch, to be tried by themselves before anything new. */
  #retries: Batch[] = []
  readonly #inFlight = new Set<Batch>()
  #hold: NodeJS.Timeout | undefined
  #isSendPlanned = false
  #isClosed = false

  constructor(engine: TextEngine, maxWaitMs: number) {
    this.#engine = engine
    this.#maxWaitMs = maxWaitMs
  }

  async embed(texts: readonly string[], signal: AbortSignal): Promise<EmbedResult> {
    signal.throwIfAborted()
    if (this.#isClosed) throw this.#closedError()
    if (texts.length === 0) return { embeddings: [], preparingMs: 0, computingMs: 0 }
    refuseBlankTexts(texts) // here, since in a batch a text has another number
    const call = new Call(texts, signal, () => this.#dropAbandoned())
    this.#waiting.add(call)
    this.#planSend()
    return call.result
  }

  close(): void {
    this.#isClosed = true
    this.#endHold()
    for (const call of this.#waiting.clear()) call.fail(this.#closedError())
  }

  /** At the end of this turn of the event loop: calls that arrive in the same turn share a batch. */
  #planSend(): void {
    if (this.#isSendPlanned) return
    this.#isSendPlanned = true
    setImmediate(() => {
      this.#isSendPlanned = false
      this.#send()
    })
  }

  #send(): void {
    while (this.#inFlight.size < maxBatchesInFlight) {
      const batch = this.#nextBatch()
      if (!batch) return
      this.#endHold()
      this.#run(batch)
    }
  }

  #nextBatch(): Batch | undefined {
    const retry = this.#retries.shift()
    if (retry) return retry
    if (this.#waiting.isEmpty) return undefined
    const mayGo = this.#inFlight.size === 0 && this.#hold === undefined
    // A batch that is not full gains by waiting for as long as the engine has something to do.
    return mayGo || this.#waiting.fillsBatch(this.#engine) ? this.#waiting.takeBatch(this.#engine) : undefined
  }

  async #run(batch: Batch): Promise<void> {
    this.#inFlight.add(batch)
    try {
      const { embeddings, computingMs } = await this.#engine.embed(batch.texts, { signal: batch.abort.signal })
      for (const call of batch.calls) call.addComputing(computingMs)
      batch.items.forEach(({ call, index }, i) => {
        call.receive(index, embeddings[i] as Float32Array)
      })
    } catch (error) {
      this.#onFailure(batch, error)
    }
    this.#inFlight.delete(batch)
    this.#startHold()
    this.#planSend()
  }

  /** What is permanent may be the fault of one text only, and must not become the error of other calls. */
  #onFailure(batch: Batch, error: unknown): void {
    const parts = batch.splitByCall()
    const isPermanent = error instanceof JobError && error.kind === 'permanent'
    if (isPermanent && batch.calls.size > 1) this.#retries.push(...parts)
    else for (const call of batch.calls) call.fail(error)
    this.#dropAbandoned()
  }

  #dropAbandoned(): void {
    this.#waiting.removeSettled()
    for (const batch of this.#inFlight) {
      if (batch.isAbandoned) batch.abort.abort(new Error('nobody waits for this batch any more'))
    }
    this.#retries = this.#retries.filter((batch) => !batch.isAbandoned)
  }

  #startHold(): void {
    if (this.#maxWaitMs === 0 || this.#isClosed || this.#inFlight.size > 0 || this.#waiting.isEmpty) return
    this.#hold ??= setTimeout(() => {
      this.#endHold()
      this.#send()
    }, this.#maxWaitMs)
  }

  #endHold(): void {
    clearTimeout(this.#hold)
    this.#hold = undefined
  }

  #closedError(): JobError {
    return new JobError('ENGINE_UNAVAILABLE', `the engine of "${this.#engine.model}" is closed`)
  }
}
