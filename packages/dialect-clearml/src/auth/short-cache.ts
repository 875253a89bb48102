const freshMs = 2_000
const maxEntries = 10_000

/**
 * Remembers answers for two seconds, so that what each call has to look up is looked up rarely. A failed look-up is not
 * remembered. What is revoked on another instance works this much longer at most.
 */
export class ShortCache<Value> {
  readonly #entries = new Map<string, { value: Promise<Value>; until: number }>()

  get(key: string, load: () => Promise<Value>): Promise<Value> {
    const cached = this.#entries.get(key)
    if (cached && cached.until > Date.now()) return cached.value
    if (this.#entries.size >= maxEntries) this.#entries.clear()
    const entry = { value: load(), until: Date.now() + freshMs }
    this.#entries.set(key, entry)
    entry.value.catch(() => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key)
    })
    return entry.value
  }

  clear(): void {
    this.#entries.clear()
  }
}
