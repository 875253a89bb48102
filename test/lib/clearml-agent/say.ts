/** One thing that the agent did, as one line of JSON on its stdout. */
export interface Said {
  did: string
  /** Epoch milliseconds. */
  at: number
  [more: string]: unknown
}

export type Say = (did: string, more?: Readonly<Record<string, unknown>>) => void

/**
 * Prints what was done. After `pauseAfter` the process stops itself in its tracks, as a machine that freezes: it keeps
 * its connections, and goes on where it was if it gets SIGCONT.
 */
export function speaker(pauseAfter: string | null): Say {
  let paused = false
  return (did, more = {}) => {
    process.stdout.write(`${JSON.stringify({ did, at: Date.now(), ...more })}\n`)
    if (did !== pauseAfter || paused) return
    paused = true
    process.stdout.write(`${JSON.stringify({ did: 'paused', at: Date.now(), after: did })}\n`)
    process.kill(process.pid, 'SIGSTOP')
  }
}
