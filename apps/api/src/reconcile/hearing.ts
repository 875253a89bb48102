/** A longer pause between two signs that all works is a time in which nobody could reach us. */
const longestPauseMs = 60_000

export interface Hearing {
  /** What agents need to be heard is there: this process, Redis and the record. */
  works(): void
  /** For how long, without a break, whoever had something to say could say it. */
  readonly forMs: number
}

/**
 * Whether silence means anything: an agent that could not reach us is not lost. Be it that we were not started, that
 * Redis or Postgres were away, or that the machine was asleep.
 */
export function listen(now: () => number = Date.now): Hearing {
  let since = now()
  let last = since
  return {
    works() {
      if (now() - last > longestPauseMs) since = now()
      last = now()
    },
    get forMs() {
      return now() - since
    },
  }
}
