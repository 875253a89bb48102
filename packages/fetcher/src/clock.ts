import { JobError } from '@inferq/contracts'

/** The time one fetch may take: for the whole, and for the phase that it is in. */
export interface Clock {
  /** Fires when time is up, with the JobError as its reason, and when the caller's own signal does. */
  signal: AbortSignal
  /** Starts a phase, in place of the one before. Messages say "<waitedFor> did not <what> within 5 s". */
  startPhase(ms: number, waitedFor: string, what: string): void
  /** While it is not the server that is waited for. */
  endPhase(): void
  stop(): void
}

export function startClock(outer: AbortSignal, totalMs: number, who: string): Clock {
  const late = new AbortController()
  const startTimer = (ms: number, waitedFor: string, what: string) =>
    setTimeout(() => {
      const message = `${waitedFor} did not ${what} within ${ms / 1_000} s`
      late.abort(new JobError('INPUT_UNREACHABLE', message))
    }, ms)
  const total = startTimer(totalMs, who, 'deliver')
  let phase: NodeJS.Timeout | undefined
  const endPhase = () => clearTimeout(phase)
  const stop = () => {
    endPhase()
    clearTimeout(total)
  }
  const signal = AbortSignal.any([outer, late.signal])
  // Whoever leaves a body unread says no more than that.
  signal.addEventListener('abort', stop, { once: true })

  return {
    signal,
    startPhase(ms, waitedFor, what) {
      endPhase()
      phase = startTimer(ms, waitedFor, what)
    },
    endPhase,
    stop,
  }
}
