import { JobError } from '@inferq/contracts'

export interface BatchesOptions<Item, Answer> {
  readonly maxItems: number
  /** One answer per item, in their order. */
  readonly compute: (items: readonly Item[]) => Promise<readonly Answer[]>
  /** Takes the answers one after the other, in the order of the items. */
  readonly take: (answer: Answer, item: Item) => void | Promise<void>
}

/**
 * Keeps an engine busy with items that come one by one: whatever has come is sent as soon as the engine is idle, and while
 * it computes, the next batch gathers. Never more than two batches are in memory.
 */
export class Batches<Item, Answer> {
  readonly #options: BatchesOptions<Item, Answer>
  #gathered: Item[] = []
  #underWay: Promise<void> | undefined
  #failure: { readonly error: unknown } | undefined

  constructor(options: BatchesOptions<Item, Answer>) {
    this.#options = options
  }

  /** Resolves when there is room for the next one, so it must be awaited. Rejects with what a batch failed with. */
  async add(item: Item): Promise<void> {
    this.#throwIfFailed()
    this.#gathered.push(item)
    this.#send()
    if (this.#gathered.length >= this.#options.maxItems) await this.#underWay
    this.#throwIfFailed()
  }

  /** Resolves when every answer is taken. */
  async end(): Promise<void> {
    while (this.#underWay) await this.#underWay
    this.#throwIfFailed()
  }

  #send(): void {
    if (this.#underWay || this.#failure || this.#gathered.length === 0) return
    const items = this.#gathered
    this.#gathered = []
    this.#underWay = this.#perform(items)
      .catch((error) => {
        this.#failure = { error }
      })
      .finally(() => {
        this.#underWay = undefined
        this.#send()
      })
  }

  async #perform(items: readonly Item[]): Promise<void> {
    const answers = await this.#options.compute(items)
    if (answers.length !== items.length) {
      throw new JobError('RESULT_INVALID', `the model gave answers for ${answers.length} of ${items.length} inputs`)
    }
    for (const [i, item] of items.entries()) await this.#options.take(answers[i] as Answer, item)
  }

  #throwIfFailed(): void {
    if (this.#failure) throw this.#failure.error
  }
}
