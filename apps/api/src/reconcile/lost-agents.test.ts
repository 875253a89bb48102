import type { Ports } from '@inferq/domain'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Hearing, listen } from './hearing.ts'
import { lostAgents } from './lost-agents.ts'

const minuteMs = 60_000
let now: number
let hearing: Hearing
/** What was looked for, in order. */
let looks: string[]

beforeEach(() => {
  now = 1_000_000_000
  hearing = listen(() => now)
  looks = []
})

function sweeper(leaseSeconds: number, agentSilenceMs: number) {
  const look = (what: string) => async () => {
    looks.push(what)
    return []
  }
  const tasks = { listOverdueLeases: look('leases'), listSilent: look('silent') } as unknown as Ports['tasks']
  const ports = { tasks, limits: { leaseSeconds } } as Ports
  return lostAgents({ ports, hearing, agentSilenceMs, now: () => now })
}

/** Sweeps every two seconds for so long. */
async function sweepFor(ms: number, { returnLeases, stopSilent }: ReturnType<typeof sweeper>): Promise<void> {
  for (const end = now + ms; now < end; now += 2_000) {
    hearing.works()
    await returnLeases()
    await stopSilent()
  }
}

describe('a server that has just come up', () => {
  it('ends no silent task before its agent had ten minutes to speak up', async () => {
    const sweep = sweeper(300, 120 * minuteMs)
    await sweepFor(10 * minuteMs, sweep)
    expect(looks).not.toContain('silent')
    await sweepFor(2_000, sweep)
    expect(looks).toContain('silent')
  })

  it('waits no longer than a lease or the silence lasts anyway', async () => {
    const sweep = sweeper(300, 8 * minuteMs)
    await sweepFor(5 * minuteMs, sweep)
    expect(looks).toEqual([])
    await sweepFor(3 * minuteMs, sweep)
    expect(new Set(looks)).toEqual(new Set(['leases']))
    await sweepFor(2_000, sweep)
    expect(looks).toContain('silent')
  })

  it('waits anew after a time in which nobody could reach it', async () => {
    const sweep = sweeper(300, 120 * minuteMs)
    await sweepFor(11 * minuteMs, sweep)
    looks = []
    now += 180 * minuteMs
    await sweepFor(5 * minuteMs, sweep)
    expect(looks).toEqual([])
  })

  it('looks for silent tasks once a minute from then on', async () => {
    const sweep = sweeper(300, 120 * minuteMs)
    await sweepFor(20 * minuteMs, sweep)
    expect(looks.filter((what) => what === 'silent')).toHaveLength(10)
  })
})
