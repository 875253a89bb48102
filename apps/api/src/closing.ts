/** Undoes what was opened, in reverse, each step even if an earlier one failed. */
export class Closing {
  readonly #steps: { what: string; close: () => Promise<void> }[] = []
  readonly #onError: (what: string, error: unknown) => void

  constructor(onError: (what: string, error: unknown) => void) {
    this.#onError = onError
  }

  add(what: string, close: () => Promise<void>): void {
    this.#steps.push({ what, close })
  }

  async run(): Promise<void> {
    for (const { what, close } of this.#steps.splice(0).reverse()) {
      try {
        await close()
      } catch (error) {
        this.#onError(what, error)
      }
    }
  }
}
