type Log = { warn(fields: object, message: string): void }

const usualStepTimeoutMs = 5_000

/** Remembers how to close what was opened, and closes it in reverse: each step runs, even if an earlier one failed. */
export function createCleanup(log: Log, stepTimeoutMs = usualStepTimeoutMs) {
  const steps: { name: string; run: () => unknown }[] = []

  return {
    add(name: string, run: () => unknown): void {
      steps.push({ name, run })
    },
    async run(): Promise<void> {
      for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
        try {
          await withinTime(step.run, stepTimeoutMs)
        } catch (error) {
          log.warn({ err: error, step: step.name }, 'not closed in order')
        }
      }
    },
  }
}

export type Cleanup = ReturnType<typeof createCleanup>

/** What hangs, perhaps on a Redis that is away, must not keep the rest from being closed. */
async function withinTime(run: () => unknown, timeoutMs: number): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`took longer than ${timeoutMs} ms`)), timeoutMs)
  try {
    await Promise.race([run(), late])
  } finally {
    clearTimeout(timer)
  }
}
