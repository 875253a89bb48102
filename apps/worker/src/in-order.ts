/**
 * Maps items, so many at a time, and answers in their order. The first failure ends it all: no item is begun after it,
 * and those under way are told by their signal.
 */
export async function inOrder<Item, Answer>(
  items: readonly Item[],
  { atOnce, signal }: { atOnce: number; signal: AbortSignal },
  map: (item: Item, index: number, signal: AbortSignal) => Promise<Answer>,
): Promise<Answer[]> {
  const failed = new AbortController()
  const either = AbortSignal.any([signal, failed.signal])
  const answers = new Array<Answer>(items.length)
  const left = items.entries()

  async function lane(): Promise<void> {
    // The lanes share one iterator, so each takes the next item that nobody has.
    for (const [index, item] of left) {
      if (either.aborted) return
      answers[index] = await map(item, index, either)
    }
  }
  const lanes = Array.from({ length: Math.min(atOnce, items.length) }, () =>
    lane().catch((error) => {
      failed.abort(error)
      throw error
    }),
  )
  // All of them: nothing of a task may still be at work once it has ended.
  await Promise.allSettled(lanes)
  either.throwIfAborted()
  return answers
}
