import { describe, expect, it } from 'vitest'
import { canonicalJson, hashOf } from './canonical-json.ts'

describe('canonical JSON', () => {
  it('is the same whatever the order of the keys, at any depth', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1}]}')
  })

  it('tells different values apart', () => {
    expect(hashOf({ a: [1, 2] })).not.toBe(hashOf({ a: [2, 1] }))
  })
})
