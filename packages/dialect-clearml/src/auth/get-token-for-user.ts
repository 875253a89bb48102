import { defineEndpoint } from '../endpoint.ts'
import { ApiError } from '../errors/api-error.ts'
import { object, optional, text } from '../transport/fields.ts'
import { identityOf } from './authentication.ts'
import { expirationField } from './expiration.ts'

/** A token with which the caller's system acts as that user, until the caller's own credential is revoked. */
export const authGetTokenForUser = defineEndpoint('auth.get_token_for_user', {
  since: '2.1',
  roles: ['system'],
  request: object({ user: text, company: optional(text), expiration_sec: expirationField }),
  async handle({ authentication, caller, services }, { user: id, company, expiration_sec }) {
    const user = await services.users.findUser(id)
    if (!user || (company !== undefined && user.company !== company)) {
      throw new ApiError('invalidUserId', '', { id, ...(company === undefined ? {} : { company }) })
    }
    const { accessKey } = caller
    const token = { identity: identityOf(user), accessKey, expirationSec: expiration_sec }
    return { token: await authentication.makeToken(token) }
  },
})
