/** Aborts at the first SIGINT or SIGTERM; a second one ends this process at once, and its children with it. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(130)
      controller.abort(new Stopped())
    })
  }
  return controller.signal
}

/** A person, or the system, asked us to stop: no failure. */
export class Stopped extends Error {
  override readonly name = 'Stopped'
}

/** The same promise, given up at the signal. */
export async function orStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  const { promise, reject } = Promise.withResolvers<never>()
  const stop = () => reject(signal.reason)
  signal.addEventListener('abort', stop)
  try {
    return await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
