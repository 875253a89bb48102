import type { TextEngine } from '../engine.ts'
import { Batch, type BatchItem } from './batch.ts'
import type { Call } from './call.ts'

type Limits = Pick<TextEngine, 'maxBatchItems' | 'maxBatchTokens' | 'estimateTokens'>

/** The calls that have texts to send, each in its turn: one with many texts does not hold up those with one. */
export class WaitingCalls {
  #calls: Call[] = []

  add(call: Call): void {
    this.#calls.push(call)
  }

  removeSettled(): void {
    this.#calls = this.#calls.filter((call) => call.hasTextsToSend)
  }

  clear(): Call[] {
    return this.#calls.splice(0)
  }

  get isEmpty(): boolean {
    return this.#calls.length === 0
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

  /** Takes one text of each call in turn until a limit is reached; at least one text, however long. */
  takeBatch(limits: Limits): Batch {
    const items: BatchItem[] = []
    let tokens = 0
    while (items.length < limits.maxBatchItems) {
      const call = this.#calls[0]
      if (!call) break
      tokens += limits.estimateTokens(call.nextText)
      if (tokens > limits.maxBatchTokens && items.length > 0) break
      items.push({ call, index: call.takeText() })
      this.#calls.shift()
      if (call.hasTextsToSend) this.#calls.push(call)
    }
    return new Batch(items)
  }
}
