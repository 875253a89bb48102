import { describe, expect, it } from 'vitest'
import { matchesGlob } from './filter-workers.ts'

describe('a worker pattern', () => {
  it.each([
    ['box:gpu0', 'box:gpu0', true],
    ['box:gpu0', 'box:*', true],
    ['box:gpu0', '*gpu?', true],
    ['box:gpu0', '*', true],
    ['box:gpu0', '**x*g*', true],
    ['box:gpu0', 'box', false],
    ['box:gpu0', 'gpu0', false],
    ['box:gpu0', 'box.gpu0', false],
    ['box:gpu0', 'box:gpu0?', false],
    ['box:gpu0', '', false],
    ['', '*', true],
    ['', '?', false],
    ['a.b', 'a.b', true],
    ['a[1]', 'a[1]', true],
    ['mississippi', '*iss*ippi', true],
    ['mississippi', '*iss*ipps', false],
    ['two\nlines', 'two*lines', true],
  ])('%j is found by %j: %s', (id, glob, isFound) => {
    expect(matchesGlob(id, glob)).toBe(isFound)
  })
})
