import type { Call } from './call.ts'

export interface BatchItem {
  readonly call: Call
  /** Which of the call's texts. */
  readonly index: number
}

/** Texts of one or more calls that go to the engine together. */
export class Batch {
  readonly items: readonly BatchItem[]
  readonly abort = new AbortController()

  constructor(items: readonly BatchItem[]) {
    this.items = items
  }

  get texts(): string[] {
    return this.items.map(({ call, index }) => call.texts[index] as string)
  }

  get calls(): Set<Call> {
    return new Set(this.items.map(({ call }) => call))
  }

  get isAbandoned(): boolean {
    return this.items.every(({ call }) => call.isSettled)
  }

  /** One batch per call that still waits. */
  splitByCall(): Batch[] {
    const waiting = [...this.calls].filter((call) => !call.isSettled)
    return waiting.map((call) => new Batch(this.items.filter((item) => item.call === call)))
  }
}
