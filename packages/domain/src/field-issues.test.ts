import { describe, expect, it } from 'vitest'
import { fieldIssues, fieldPath } from './field-issues.ts'

describe('the path of a field', () => {
  it('reads as one would write it in code', () => {
    expect(fieldPath(['texts', 0, 'lang'], 'input')).toBe('input.texts[0].lang')
    expect(fieldPath([])).toBe('')
  })
})

describe('issues of a schema', () => {
  it('name each unknown key by itself', () => {
    const issues = fieldIssues([{ code: 'unrecognized_keys', keys: ['a', 'b'], path: ['input'], message: 'x' }])
    expect(issues.map(({ field }) => field)).toEqual(['input.a', 'input.b'])
  })
})
