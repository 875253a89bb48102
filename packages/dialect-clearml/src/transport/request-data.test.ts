import { describe, expect, it } from 'vitest'
import { maxDepth } from './parse-json.ts'
import { requestData } from './request-data.ts'

const read = (body: string, contentType?: string, query = '') => requestData(Buffer.from(body), contentType, query)
const refusal = (status: number, subcode: number) => expect.objectContaining({ status, subcode })

describe('the data of a request', () => {
  it('is the JSON of the body, whatever the content type says it is', () => {
    for (const type of [undefined, 'application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
      expect(read('{"a": 1}', type)).toEqual({ data: { a: 1 }, batch: [{ a: 1 }] })
    }
    expect(read('', 'application/json')).toEqual({ data: {}, batch: [] })
    expect(read('null')).toEqual({ data: {}, batch: [] })
  })

  it('has the fields of a form, and those of the query over the body', () => {
    expect(read('a=1&b.c=x', 'application/x-www-form-urlencoded').data).toEqual({ a: 1, b: { c: 'x' } })
    expect(read('{"a": 1, "b": 2}', undefined, 'a=3').data).toEqual({ a: 3, b: 2 })
  })

  it('is a batch of the lines of application/json-lines, blank ones aside', () => {
    expect(read('{"a":1}\r\n\n{"b":2}\n', 'application/json-lines', 'c=1')).toEqual({
      data: { c: 1 },
      batch: [{ a: 1 }, { b: 2 }],
    })
    expect(() => read('{"a":1}\n[2]', 'application/json-lines')).toThrow(refusal(400, 0))
    expect(() => read('{"a":1}\n{', 'application/json-lines')).toThrow(refusal(400, 0))
  })

  it('has null for the numbers that Python writes and JSON lacks, in a line of a batch and outside of its strings', () => {
    const lines = ['{"a":NaN,"b":[-Infinity,Infinity,1]}', '{"a":"NaN \\" Infinity","NaN":-Infinity}', '{"a":"NaN"}']
    expect(read(lines.join('\n'), 'application/json-lines').batch).toEqual([
      { a: null, b: [null, null, 1] },
      { a: 'NaN " Infinity', NaN: null },
      { a: 'NaN' },
    ])
    for (const line of ['{"a":-NaN}', '{"a":NaN', '{"a":NaNs}', '{"a":"NaN}', '{"a":NaN,"b":"\\"}']) {
      expect(() => read(line, 'application/json-lines')).toThrow(refusal(400, 0))
    }
    expect(() => read('{"a":NaN}')).toThrow(refusal(400, 0))
  })

  it('is refused when it is no JSON, no object, or nested too deeply', () => {
    expect(() => read('{"a":')).toThrow(refusal(400, 0))
    for (const body of ['[1]', '1', '"x"', 'true']) expect(() => read(body)).toThrow(refusal(500, 0))
    const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
    expect(read(nested(maxDepth)).data).toHaveProperty('a.a.a')
    expect(() => read(nested(maxDepth + 1))).toThrow(refusal(400, 12))
    expect(() => read('['.repeat(1_000_000))).toThrow(refusal(400, 12))
    expect(read(`{"a": "${'['.repeat(1_000)}\\"${'{'.repeat(1_000)}"}`).data).toHaveProperty('a')
  })

  it('holds no character that the record cannot keep, in keys and values', () => {
    expect(read('{"a\\u0000": ["\\u0000x", {"b": "\\ud800"}]}').data).toEqual({
      'a\ufffd': ['\ufffdx', { b: '\ufffd' }],
    })
    expect(read('{"a": "\\\\u0000 \\ud83d\\ude00"}').data).toEqual({ a: '\\u0000 😀' })
    expect(read('', undefined, 'a%00=%00').data).toEqual({ 'a\ufffd': '\ufffd' })
  })
})
