import { describe, expect, it } from 'vitest'
import { numberIn, wireId } from './wire-id.ts'

describe('the id of a task', () => {
  it('is 24 lower-case hex digits, of which the number can be told', () => {
    const id = wireId({ createdAt: new Date(0x65a63025 * 1_000 + 999), number: 4_711 })
    expect(id).toBe('65a630250000000000001267')
    expect(numberIn(id)).toBe(4_711)
    const largest = wireId({ createdAt: new Date(), number: Number.MAX_SAFE_INTEGER })
    expect(numberIn(largest)).toBe(Number.MAX_SAFE_INTEGER)
  })

  it.each([
    '',
    'x',
    '65a630250000000000001267 ',
    '65A630250000000000001267',
    '65a63025ffffffffffffffff',
    '0'.repeat(25),
  ])('is none that has another form: "%s"', (id) => {
    expect(numberIn(id)).toBeNull()
  })
})
