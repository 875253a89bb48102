import { describe, expect, it } from 'vitest'
import { createLeftoverSweep, type LeftoverParts } from './sweep-leftovers.ts'

const dayMs = 86_400_000

/** What is called of the ports, in order. */
function parts(
  eventsKeptMs: number | null,
  { failing = [] as string[], passing = null as LeftoverParts['passing'] } = {},
) {
  const calls: string[] = []
  const warnings: unknown[] = []
  const call = <T>(name: string, answer: T) => {
    calls.push(name)
    if (failing.includes(name)) throw new Error(`${name} failed`)
    return answer
  }
  const ports = {
    events: {
      dropOlderThan: async (ms: number) => call(`drop events after ${ms / dayMs} days`, 1),
      sweep: async () => call('sweep events', { more: false }),
    },
    fileRecords: { claimUnneeded: async () => call('sweep files', []) },
    files: {},
    tasks: { listPassing: async () => call('list old tasks', []) },
  } as unknown as LeftoverParts['ports']
  const log = { info() {}, warn: (fields: object) => void warnings.push(fields) } as unknown as LeftoverParts['log']
  return { sweep: createLeftoverSweep({ ports, log, eventsKeptMs, filesGraceMs: 0, passing }), calls, warnings }
}

describe('the sweep of leftovers', () => {
  it('drops no event that has a task when nothing is said about how long they are kept', async () => {
    const { sweep, calls } = parts(null)
    await sweep()
    expect(calls).toEqual(['sweep events', 'sweep files'])
  })

  it('drops events after the time for which they are kept, and looks for those once a minute', async () => {
    const { sweep, calls } = parts(30 * dayMs)
    await sweep()
    await sweep()
    expect(calls.filter((call) => call.startsWith('drop'))).toEqual(['drop events after 30 days'])
    expect(calls.filter((call) => call === 'sweep events')).toHaveLength(2)
  })

  it('looks once a minute for tasks that were kept for long enough, where there are such', async () => {
    const { sweep, calls } = parts(null, { passing: { tag: 'x', keptMs: dayMs } })
    await sweep()
    await sweep()
    expect(calls.filter((call) => call === 'list old tasks')).toHaveLength(1)
  })

  it('goes on when one of its steps fails, and says so', async () => {
    const { sweep, calls, warnings } = parts(dayMs, { failing: ['drop events after 1 days', 'sweep events'] })
    await sweep()
    expect(calls).toContain('sweep files')
    expect(warnings).toEqual([
      expect.objectContaining({ what: 'old events' }),
      expect.objectContaining({ what: 'dropped events' }),
    ])
  })
})
