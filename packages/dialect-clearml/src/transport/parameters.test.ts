import { describe, expect, it } from 'vitest'
import { mergeOver, parseParameters } from './parameters.ts'

describe('parameters of a query', () => {
  it('become numbers and booleans where they look like them', () => {
    expect(parseParameters('a=7&b=true&c=FALSE&d=1.5&e=&f=tRue')).toEqual({
      a: 7,
      b: true,
      c: false,
      d: '1.5',
      e: '',
      f: 'tRue',
    })
  })

  it('stay text where a number could not hold the digits, so an id of digits is not another one', () => {
    expect(parseParameters('id=12345678901234567890123456789012').id).toBe('12345678901234567890123456789012')
  })

  it('nest by dots, and are a list when they are repeated or end in []', () => {
    expect(parseParameters('a.b=1&a.c.d=x&l=1&l=2&m[]=z')).toEqual({
      a: { b: 1, c: { d: 'x' } },
      l: [1, 2],
      m: ['z'],
    })
  })

  it('never reach a prototype', () => {
    expect(parseParameters('__proto__.x=1&a.__proto__.y=1&constructor.prototype.z=1')).toEqual({
      constructor: { prototype: { z: 1 } },
    })
    expect(({} as Record<string, unknown>).x).toBeUndefined()
    expect(({} as Record<string, unknown>).z).toBeUndefined()
  })

  it('go over the body, object by object', () => {
    expect(mergeOver({ a: { b: 1, c: 2 }, d: [1] }, { a: { c: 3 }, d: 4 })).toEqual({ a: { b: 1, c: 3 }, d: 4 })
  })
})
