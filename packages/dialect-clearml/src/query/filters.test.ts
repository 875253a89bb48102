import type { Condition } from '@inferq/domain'
import { describe, expect, it } from 'vitest'
import { filterCondition } from './filters.ts'

const any = (...values: string[]): Condition => ({ kind: 'any_of', field: ['tags'], values })
const all = (...values: string[]): Condition => ({ kind: 'all_of', field: ['tags'], values })
const not = (of: Condition): Condition => ({ kind: 'not', of })
const and = (...of: Condition[]): Condition => ({ kind: 'and', of })
const or = (...of: Condition[]): Condition => ({ kind: 'or', of })
const empty: Condition = { kind: 'empty', field: ['tags'] }

describe('a filter', () => {
  it.each<[title: string, filter: object, Condition | null]>([
    ['nothing asks nothing', {}, null],
    ['any.include: has at least one', { any: { include: ['a', 'b'] } }, any('a', 'b')],
    ['any.exclude: lacks at least one', { any: { exclude: ['a', 'b'] } }, not(all('a', 'b'))],
    ['any with both: or', { any: { include: ['a'], exclude: ['b'] } }, or(any('a'), not(any('b')))],
    ['all.include: has every one', { all: { include: ['a', 'b'] } }, all('a', 'b')],
    ['all.exclude: has none', { all: { exclude: ['a', 'b'] } }, not(any('a', 'b'))],
    ['all with both: and', { all: { include: ['a'], exclude: ['b'] } }, and(any('a'), not(any('b')))],
    ['op is and when absent', { any: { include: ['a'] }, all: { exclude: ['b'] } }, and(any('a'), not(any('b')))],
    ['op or', { any: { include: ['a'] }, all: { exclude: ['b'] }, op: 'or' }, or(any('a'), not(any('b')))],
    ['null in include: is empty', { all: { include: [null] } }, empty],
    ['null in exclude: is not empty', { all: { exclude: [null] } }, not(empty)],
    ['null among values of any', { any: { include: ['a', null] } }, or(any('a'), empty)],
    ['null parts are absent', { any: null, all: { include: ['a'], exclude: null }, op: null }, any('a')],
    ['values that look like operators are values', { any: { include: ['-a', '__$all'] } }, any('-a', '__$all')],
  ])('%s', (_title, filter, expected) => {
    expect(filterCondition(['tags'], 'tags', filter)).toEqual(expected)
  })

  it.each<[title: string, filter: unknown]>([
    ['an unknown key', { some: { include: ['a'] } }],
    ['an unknown key of a part', { any: { includes: ['a'] } }],
    ['what is no object', ['a']],
    ['an unknown op', { op: 'xor' }],
    ['values that are no list', { any: { include: 'a' } }],
    ['a value that is no string', { any: { include: [1] } }],
  ])('refuses %s with 400/12', (_title, filter) => {
    expect(() => filterCondition(['tags'], 'tags', filter)).toThrow(
      expect.objectContaining({ status: 400, subcode: 12 }),
    )
  })
})
