import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { decodeBase64, decodedBytes, isBase64 } from './base64.ts'

describe('base64', () => {
  it.each([1, 2, 3, 4, 196_607, 196_608, 196_609, 1_000_000])('of %i bytes is decoded to the same bytes', (length) => {
    const bytes = randomBytes(length)
    const text = bytes.toString('base64')
    expect([isBase64(text), decodedBytes(text)]).toEqual([true, length])
    expect(Buffer.concat([...decodeBase64(text)]).equals(bytes)).toBe(true)
  })

  it.each([
    '',
    'A',
    'AA',
    'AAA',
    'A===',
    '====',
    'AA=A',
    'AA==AAAA',
    'AA*A',
    'AA-A',
    'AA_A',
    'AA A',
    'AAA\n',
    'AAAÄ',
    'AAA€',
  ])('is not "%s", wherever that stands in it', (text) => {
    expect(isBase64(text)).toBe(false)
    const [before, after] = ['ABCD'.repeat(100_000), 'ABCD'.repeat(50_000)]
    if (text !== '') expect([before + text, before + text + after].map(isBase64)).toEqual([false, false])
  })
})
