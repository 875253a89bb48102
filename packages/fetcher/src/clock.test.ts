import { expect, it } from 'vitest'
import { startClock } from './clock.ts'

const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length

it('a clock stops when its caller gives up, who may never read what was opened', () => {
  const before = timers()
  const outer = new AbortController()
  const clock = startClock(outer.signal, 3_600_000, 'it')
  clock.startPhase(60_000, 'it', 'answer')
  expect(timers()).toBe(before + 2)
  outer.abort()
  expect(timers()).toBe(before)
})
