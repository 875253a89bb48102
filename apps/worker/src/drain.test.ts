import { describe, expect, it } from 'vitest'
import { type DrainOptions, drain } from './drain.ts'
import { silentLog } from './worker.fixture.ts'

const longMs = 60_000

/** A consumer whose jobs end when `end` is called, or when they are aborted if they listen. */
function draining({ listens, ...times }: { listens: boolean } & Partial<DrainOptions>) {
  const { promise, resolve: end } = Promise.withResolvers<void>()
  const aborts: number[] = []
  const hurry = new AbortController()
  const done = drain({
    consumers: [{ drain: () => promise }, { drain: async () => {} }],
    running: {
      ids: () => [],
      shutDown: () => {
        aborts.push(performance.now())
        if (listens) end()
      },
    },
    graceMs: longMs,
    forceMs: longMs,
    hurry: hurry.signal,
    log: silentLog,
    ...times,
  })
  return { done, end, aborts, hurry }
}

describe('draining', () => {
  it('lets jobs end within the grace time', async () => {
    const { done, end, aborts } = draining({ listens: true })
    end()
    await done
    expect(aborts).toEqual([])
  })

  it('aborts what is left after it', async () => {
    const { done, aborts } = draining({ listens: true, graceMs: 20 })
    await done
    expect(aborts).toHaveLength(1)
  })

  it('aborts at once when somebody is in a hurry', async () => {
    const { done, aborts, hurry } = draining({ listens: true })
    hurry.abort()
    await done
    expect(aborts).toHaveLength(1)
  })

  it('leaves behind what does not end within the force time', async () => {
    const { done, aborts } = draining({ listens: false, graceMs: 5, forceMs: 5 })
    await done
    expect(aborts).toHaveLength(1)
  })
})
