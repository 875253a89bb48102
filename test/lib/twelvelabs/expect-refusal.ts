import { expect } from 'vitest'
import type { RawAnswer } from './raw.ts'

/** Status and code of a refusal; the message is a sentence that says all that it should. */
export function expectRefusal(answer: RawAnswer, status: number, code: string, message: RegExp = /\S/): void {
  const { status: got, data } = answer
  expect({ status: got, data }).toEqual({
    status,
    data: expect.objectContaining({ code, message: expect.stringMatching(message) }),
  })
  expect(data.message).toMatch(/^[^\n]{5,2000}$/)
  expect(data.message).not.toMatch(/undefined|\[object|node_modules|\.ts\b|FST_|Zod/)
}
