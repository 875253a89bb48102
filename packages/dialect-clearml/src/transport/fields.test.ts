import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defaulted, flag, ids, list, map, object, optional, strict, text, whole } from './fields.ts'
import { validate } from './validate.ts'

const Request = object({
  task: text,
  force: optional(flag),
  count: defaulted(whole, 5),
  tags: optional(list(text)),
  ids: optional(ids),
  script: optional(strict({ branch: optional(text) })),
  params: optional(map(map(text))),
})

const refused = (data: object, message: string) =>
  expect(() => validate(Request, data)).toThrow(
    expect.objectContaining({ status: 400, subcode: 12, message: expect.stringContaining(message) }),
  )

describe('the fields of a request', () => {
  it('may be null where they may be absent', () => {
    const data = { task: 't', force: null, count: null, tags: null, script: { branch: null } }
    expect(validate(Request, data)).toEqual({ task: 't', count: 5, script: {} })
    expect(validate(Request, { task: 't' })).toEqual({ task: 't', count: 5 })
  })

  it('are dropped when the request has no such field', () => {
    expect(validate(Request, { task: 't', colour: 'red' })).not.toHaveProperty('colour')
  })

  it('are true as Python has it, when they are flags', () => {
    const values: [unknown, boolean][] = [
      [1, true],
      ['false', true],
      [[0], true],
      [0, false],
      ['', false],
      [[], false],
      [{}, false],
      [false, false],
    ]
    for (const [given, read] of values) expect(validate(flag, given)).toBe(read)
  })

  it('are whole numbers also as text, and only whole ones', () => {
    expect(validate(whole, ' 12 ')).toBe(12)
    expect(validate(whole, -3)).toBe(-3)
    for (const wrong of [1.5, '1.5', '', 'x', true, [1], 1e300])
      expect(() => validate(whole, wrong)).toThrow('whole number')
  })

  it('are named when they are wrong, missing or unknown', () => {
    refused({}, "error for field 'task'. field is required!")
    refused({ task: null }, "error for field 'task'. field is required!")
    refused({ task: 7 }, "error for field 'task'.")
    refused({ task: 't', tags: ['a', 7] }, "error for field 'tags[1]'.")
    refused({ task: 't', ids: [] }, "error for field 'ids'.")
    refused({ task: 't', script: { colour: 'red' } }, "error for field 'script.colour'. unknown field")
    refused({ task: 't', params: { Args: { lr: 1 } } }, "error for field 'params.Args.lr'.")
    expect(() => validate(z.number(), 'x')).toThrow("error for field ''")
  })
})
