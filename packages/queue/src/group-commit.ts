export interface GroupCommitOptions<Item> {
  maxItems: number
  /** The sum of `sizeOf` over a batch; an item that is larger goes by itself. */
  maxSize?: number
  sizeOf?: (item: Item) => number
  /** Batches in flight at once; with more than one, a later batch may be done first. */
  lanes?: number
}

/**
 * Natural group commit: while one batch is in flight the next one fills, so a lone caller waits for nobody and a crowd
 * shares one write. `commit` answers in the order of its items; when it throws, every caller of that batch gets it.
 */
export function groupCommit<Item, Answer>(
  commit: (items: Item[]) => Promise<readonly Answer[]>,
  { maxItems, maxSize = Infinity, sizeOf = () => 0, lanes = 1 }: GroupCommitOptions<Item>,
): (item: Item) => Promise<Answer> {
  interface Waiting {
    item: Item
    resolve: (answer: Answer) => void
    reject: (error: unknown) => void
  }
  const waiting: Waiting[] = []
  let inFlight = 0

  async function run(): Promise<void> {
    inFlight++
    // Callers of the same turn of the event loop belong together: let them all in before the batch is cut.
    await new Promise(setImmediate)
    while (waiting.length > 0) {
      const batch = takeBatch()
      try {
        const answers = await commit(batch.map(({ item }) => item))
        batch.forEach(({ resolve }, index) => {
          resolve(answers[index] as Answer)
        })
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    inFlight--
  }

  function takeBatch(): Waiting[] {
    let count = 0
    let size = 0
    while (count < waiting.length && count < maxItems) {
      size += sizeOf((waiting[count] as Waiting).item)
      if (size > maxSize && count > 0) break
      count++
    }
    return waiting.splice(0, count)
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (inFlight < lanes) void run()
    })
}
