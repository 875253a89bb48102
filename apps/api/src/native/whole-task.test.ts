import { describe, expect, it } from 'vitest'
import { withFields } from './whole-task.ts'

describe('a task as text', () => {
  it('holds input and result as they are kept, and null for what there is not', () => {
    const text = withFields({ id: 'a', tags: ['}'] }, { input: '{"texts": ["\\"}"]}', result: null })
    expect(JSON.parse(text)).toEqual({ id: 'a', tags: ['}'], input: { texts: ['"}'] }, result: null })
  })
})
