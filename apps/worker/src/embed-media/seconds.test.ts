import { describe, expect, it } from 'vitest'
import { clockOf, exactSeconds } from './seconds.ts'

describe('a time', () => {
  it.each([
    [0, '0:00:00'],
    [148.9, '0:02:28'],
    [14_400, '4:00:00'],
  ])('for people, %f s, is %s', (seconds, clock) => {
    expect(clockOf(seconds)).toBe(clock)
  })

  it('in a result is as exact as media are, and no more', () => {
    expect(exactSeconds(0.1 + 0.2)).toBe(0.3)
    expect(exactSeconds(3.0033366)).toBe(3.003337)
  })
})
