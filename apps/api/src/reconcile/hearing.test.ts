import { beforeEach, describe, expect, it } from 'vitest'
import { type Hearing, listen } from './hearing.ts'

let now = 0
let hearing: Hearing
beforeEach(() => {
  now = 1_000_000
  hearing = listen(() => now)
})

/** At work every two seconds. */
function workFor(ms: number): void {
  for (const end = now + ms; now < end; now += 2_000) hearing.works()
}

describe('for how long a server could be reached', () => {
  it('counts from its start, while it works', () => {
    expect(hearing.forMs).toBe(0)
    workFor(600_000)
    expect(hearing.forMs).toBe(600_000)
  })

  it('goes on over a pause of seconds', () => {
    workFor(600_000)
    now += 50_000
    workFor(2_000)
    expect(hearing.forMs).toBe(652_000)
  })

  it('begins anew after a longer one, be it a fault or a machine that was asleep', () => {
    workFor(600_000)
    now += 3 * 3_600_000
    hearing.works()
    expect(hearing.forMs).toBe(0)
    workFor(10_000)
    expect(hearing.forMs).toBe(10_000)
  })
})
