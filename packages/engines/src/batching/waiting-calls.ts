import type { TextEngine } from '../engine.ts'
import { Batch, type BatchItem } from './batch.ts'
import type { Call } from './call.ts'

type Limits = Pick<TextEngine, 'maxBatchItems' | 'maxBatchTokens' | 'estimateTokens'>

/**
 * The calls that have texts to send. Every other place in a batch goes to the oldest call, so that calls are done one
 * after the other and not all at the end; the places between go round, so that one with many texts does not hold up
 * those with one.
 */
export class WaitingCalls {
  /** By age. */
  #calls: Call[] = []
  #turns: Call[] = []

  add(call: Call): void {
    this.#calls.push(call)
    this.#turns.push(call)
  }

  removeSettled(): void {
    this.#calls = this.#calls.filter((call) => call.hasTextsToSend)
    this.#turns = this.#turns.filter((call) => call.hasTextsToSend)
  }

  clear(): Call[] {
    this.#turns = []
    return this.#calls.splice(0)
  }

  get isEmpty(): boolean {
    return this.#oldest() === undefined
  }

  /** Whether what waits would fill a batch. Stops counting as soon as it knows. */
  fillsBatch(limits: Limits): boolean {
    let items = 0
    let tokens = 0
    for (const call of this.#calls) {
      for (const text of call.textsToSend) {
        items++
        tokens += limits.estimateTokens(text)
        if (items >= limits.maxBatchItems || tokens >= limits.maxBatchTokens) return true
      }
    }
    return false
  }

  /** Takes texts until a limit is reached; at least one, however long. */
  takeBatch(limits: Limits): Batch {
    const items: BatchItem[] = []
    let tokens = 0
    while (items.length < limits.maxBatchItems) {
      const call = items.length % 2 === 0 ? this.#oldest() : this.#nextInTurn()
      if (!call) break
      tokens += limits.estimateTokens(call.nextText)
      if (tokens > limits.maxBatchTokens && items.length > 0) break
      items.push({ call, index: call.takeText() })
    }
    return new Batch(items)
  }

  #oldest(): Call | undefined {
    while (this.#calls[0]?.hasTextsToSend === false) this.#calls.shift()
    return this.#calls[0]
  }

  #nextInTurn(): Call | undefined {
    for (let call = this.#turns.shift(); call; call = this.#turns.shift()) {
      if (!call.hasTextsToSend) continue
      this.#turns.push(call)
      return call
    }
    return undefined
  }
}
