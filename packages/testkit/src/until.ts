import { setTimeout as sleep } from 'node:timers/promises'

export interface UntilOptions {
  /** What is being waited for, as the failure will say it: "the task to be completed". */
  what: string
  timeoutMs?: number
  intervalMs?: number
}

/**
 * Asks again and again until the answer is neither `false`, `null` nor `undefined`, and returns that answer. An error
 * counts as "not yet" and becomes the cause of the failure, so a server that is still starting needs no special case.
 */
export async function until<T>(
  condition: () => T | Promise<T>,
  { what, timeoutMs = 10_000, intervalMs = 20 }: UntilOptions,
): Promise<NonNullable<Exclude<T, false>>> {
  const deadline = performance.now() + timeoutMs
  let lastError: unknown
  for (;;) {
    try {
      const answer = await condition()
      if (answer !== false && answer !== null && answer !== undefined) return answer as NonNullable<Exclude<T, false>>
      lastError = undefined
    } catch (error) {
      lastError = error
    }
    if (performance.now() >= deadline) break
    await sleep(intervalMs)
  }
  const reason = lastError instanceof Error ? `; last error: ${lastError.message}` : ''
  throw new Error(`waited ${timeoutMs} ms for ${what}${reason}`, lastError === undefined ? {} : { cause: lastError })
}
