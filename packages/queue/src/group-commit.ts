/**
 * Natural group commit: while one batch is in flight the next one fills, so a lone caller waits for nobody and a crowd
 * shares one write. `commit` answers in the order of its items; when it throws, every caller of that batch gets it.
 */
export function groupCommit<Item, Answer>(
  commit: (items: Item[]) => Promise<readonly Answer[]>,
  { maxItems, lanes = 1 }: { maxItems: number; lanes?: number },
): (item: Item) => Promise<Answer> {
  interface Waiting {
    item: Item
    resolve: (answer: Answer) => void
    reject: (error: unknown) => void
  }
  let waiting: Waiting[] = []
  let inFlight = 0

  async function run(): Promise<void> {
    inFlight++
    // Callers of the same turn of the event loop belong together: let them all in before the batch is cut.
    await new Promise(setImmediate)
    while (waiting.length > 0) {
      const batch = waiting.slice(0, maxItems)
      waiting = waiting.slice(maxItems)
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

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (inFlight < lanes) void run()
    })
}
