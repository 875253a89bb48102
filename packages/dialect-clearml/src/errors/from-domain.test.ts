import { DomainError } from '@inferq/domain'
import { describe, expect, it } from 'vitest'
import { fromDomain } from './from-domain.ts'

describe('an error of the core', () => {
  it('keeps what it says to callers, and never its cause', () => {
    const error = fromDomain(
      new DomainError('INPUT_INVALID', 'the input is wrong', {
        issues: [{ field: 'input.texts', problem: 'is empty' }],
        cause: new Error('secret'),
      }),
    )
    expect(error).toMatchObject({
      status: 400,
      subcode: 12,
      message: 'Validation error (the input is wrong; input.texts is empty)',
    })
  })

  it('says nothing but that it is one, when it is a fault', () => {
    const error = fromDomain(new DomainError('INTERNAL', 'relation "tasks" does not exist'))
    expect(error).toMatchObject({ status: 500, subcode: 0, message: 'General server error' })
  })
})
