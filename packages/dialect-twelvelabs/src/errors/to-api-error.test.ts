import { DomainError, type ErrorCode, errorCodes } from '@inferq/domain'
import { describe, expect, it } from 'vitest'
import { toApiError } from './to-api-error.ts'

describe('an error of the core', () => {
  it('keeps what it says to callers, and never its cause', () => {
    const error = toApiError(
      new DomainError('INPUT_INVALID', 'the input is wrong', {
        issues: [{ field: 'input.source', problem: 'is empty' }],
        cause: new Error('secret'),
      }),
    )
    expect(error.body()).toEqual({
      ...{ code: 'parameter_invalid', message: 'the input is wrong; input.source is empty' },
      error: { code: 'parameter_invalid', message: 'the input is wrong; input.source is empty' },
    })
  })

  it('says when to try again, where that is known', () => {
    const full = new DomainError('QUEUE_FULL', 'the queue is full', { retryAfterSeconds: 5 })
    expect(toApiError(full)).toMatchObject({ status: 429, code: 'too_many_requests', retryAfterSeconds: 5 })
  })

  it('says nothing but that it is one, when it is a fault', () => {
    const error = toApiError(new DomainError('INTERNAL', 'relation "tasks" does not exist'))
    expect(error).toMatchObject({ status: 500, message: 'something went wrong on the server' })
  })

  it('that will pass is one that clients send again, and no other is', () => {
    for (const code of Object.keys(errorCodes) as ErrorCode[]) {
      const passes = ['busy', 'unavailable', 'internal'].includes(errorCodes[code])
      const { status } = toApiError(new DomainError(code, 'a reason'))
      expect([code, status === 429 || status === 500]).toEqual([code, passes])
    }
  })
})

describe('an error of the server itself', () => {
  it.each([
    ['FST_UNDER_PRESSURE', 503, 429],
    ['FST_ERR_CTP_BODY_TOO_LARGE', 413, 400],
    ['FST_ERR_CTP_INVALID_MEDIA_TYPE', 415, 400],
    ['FST_ERR_CTP_INVALID_CONTENT_LENGTH', 400, 400],
    ['ANY_OTHER', 500, 500],
  ])('is answered in this language: %s', (code, statusCode, status) => {
    const thrown = Object.assign(new Error('secret'), { code, statusCode })
    expect(toApiError(thrown)).toMatchObject({ status, message: expect.not.stringContaining('secret') })
  })
})
