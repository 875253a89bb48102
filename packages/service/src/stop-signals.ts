export interface StopSignals {
  /** Fires at the first SIGTERM or SIGINT, and when the program that launched this one is gone. */
  readonly stop: AbortSignal
  /** Fires at the second: whoever sends it does not want to wait. */
  readonly hurry: AbortSignal
}

export function listenForStopSignals(): StopSignals {
  const stop = new AbortController()
  const hurry = new AbortController()
  let signals = 0
  const onSignal = () => {
    signals++
    stop.abort()
    if (signals > 1) hurry.abort()
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
  // The channel to a launcher closes when the launcher ends, however it ends. It must not keep this process alive.
  process.on('disconnect', () => stop.abort())
  process.channel?.unref()
  return { stop: stop.signal, hurry: hurry.signal }
}

/** Resolves when the signal fires. */
export function fired(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
