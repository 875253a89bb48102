import type { Condition } from '@inferq/domain'
import { describe, expect, it } from 'vitest'
import { listCondition } from './list-condition.ts'

const any = (...values: string[]): Condition => ({ kind: 'any_of', field: ['tags'], values })
const all = (...values: string[]): Condition => ({ kind: 'all_of', field: ['tags'], values })
const none = (...values: string[]): Condition => ({ kind: 'not', of: any(...values) })
const and = (...of: Condition[]): Condition => ({ kind: 'and', of })
const or = (...of: Condition[]): Condition => ({ kind: 'or', of })
const empty: Condition = { kind: 'empty', field: ['tags'] }

describe('a list condition', () => {
  it.each<[title: string, value: unknown, Condition | null]>([
    ['v includes v', ['a'], any('a')],
    ['a scalar is a list of one', 'a', any('a')],
    ['several values are any of them', ['a', 'b'], any('a', 'b')],
    ['an empty list asks nothing', [], null],
    ['-v excludes v', ['-b'], none('b')],
    ['has a and not b', ['a', '-b'], and(any('a'), none('b'))],
    ['all that is excluded is none of', ['-a', '-b'], none('a', 'b')],
    ['__$not excludes the next value', ['__$not', 'x'], none('x')],
    ['__$not lets the next value begin with a minus', ['__$not', '-x'], none('-x')],
    ['__$not is for one value only', ['__$not', 'x', 'y'], and(any('y'), none('x'))],
    ['neither x nor y', ['__$not', 'x', '__$not', 'y'], none('x', 'y')],
    ['__$not leaves the minus working', ['__$not', 'x', '-y'], none('x', 'y')],
    ['__$all wants all that follow', ['__$all', 'a', 'b'], all('a', 'b')],
    ['__$and is __$all', ['__$and', 'a', 'b'], all('a', 'b')],
    ['all of one is any of one', ['__$all', 'a'], any('a')],
    ['a minus after an operator is a part of the value', ['__$all', '-a', 'b'], all('-a', 'b')],
    ['a minus after __$any is a part of the value', ['__$any', '-a'], any('-a')],
    ['__$any wants any that follow', ['__$any', 'a', 'b'], any('a', 'b')],
    ['__$or is __$any', ['__$or', 'a', 'b'], any('a', 'b')],
    ['an or when the first operator is __$any: a or not b', ['__$any', 'a', '__$not', 'b'], or(any('a'), none('b'))],
    [
      'an or when the first operator is __$or, whatever stands before it',
      ['a', '__$or', '__$not', 'b'],
      or(any('a'), none('b')),
    ],
    ['an and when the first operator is another', ['__$not', 'b', '__$any', 'a'], and(any('a'), none('b'))],
    ['modes can change from all to any', ['__$all', 'a', 'b', '__$any', 'c'], and(any('c'), all('a', 'b'))],
    [
      '__$nop makes the minus work again',
      ['__$all', 'a', 'b', '__$nop', '-c', 'd'],
      and(any('d'), all('a', 'b'), none('c')),
    ],
    ['null alone is what is empty', [null], empty],
    ['a scalar null inside a list adds what is empty', ['a', null], or(any('a'), empty)],
    ['null is joined by or after everything else', ['a', '-b', null], or(and(any('a'), none('b')), empty)],
    ['__$not null is what is not empty', ['__$not', null], { kind: 'not', of: empty }],
    ['operators without values ask nothing', ['__$all'], null],
  ])('%s', (_title, value, expected) => {
    expect(listCondition(['tags'], 'tags', value)).toEqual(expected)
  })

  it.each<[title: string, value: unknown]>([
    ['a minus alone', ['-']],
    ['nothing after __$not', ['a', '__$not']],
    ['an operator after __$not', ['__$not', '__$all', 'a']],
    ['an unknown operator', ['__$xor', 'a']],
    ['a number', [1]],
    ['an object', [{}]],
    ['a scalar that is no string', 7],
  ])('refuses %s with 400/16', (_title, value) => {
    expect(() => listCondition(['tags'], 'tags', value)).toThrow(expect.objectContaining({ status: 400, subcode: 16 }))
  })
})
