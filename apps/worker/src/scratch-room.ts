/** One taker's part of the room. */
export interface Share {
  tryToHave(bytes: number): boolean
  waitFor(bytes: number, options: { signal: AbortSignal }): Promise<void>
  giveBack(): void
}

interface Waiting {
  bytes: number
  start(): void
}

/**
 * Room that is shared out in whole pieces. Who waits holds nothing meanwhile, so two can never wait for each other; and
 * they are served in the order in which they came, so a large piece is not passed by small ones for ever.
 */
export function createScratchRoom(quotaBytes: number): { share(): Share } {
  let free = quotaBytes
  const line = new Set<Waiting>()

  function serve(): void {
    for (const waiting of line) {
      if (waiting.bytes > free) return
      line.delete(waiting)
      free -= waiting.bytes
      waiting.start()
    }
  }

  return {
    share() {
      let own = 0
      const giveBack = () => {
        free += own
        own = 0
        serve()
      }
      return {
        giveBack,
        tryToHave(bytes) {
          const more = bytes - own
          if (more > 0 && (line.size > 0 || more > free)) return false
          free -= more
          own = bytes
          serve()
          return true
        },
        async waitFor(bytes, { signal }) {
          giveBack()
          signal.throwIfAborted()
          const { promise, resolve, reject } = Promise.withResolvers<void>()
          const waiting = {
            bytes,
            start() {
              own = bytes
              resolve()
            },
          }
          const leave = () => {
            if (!line.delete(waiting)) return
            reject(signal.reason)
            serve()
          }
          signal.addEventListener('abort', leave, { once: true })
          line.add(waiting)
          serve()
          await promise.finally(() => signal.removeEventListener('abort', leave))
        },
      }
    },
  }
}
