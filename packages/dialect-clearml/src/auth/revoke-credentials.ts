import { defineEndpoint } from '../endpoint.ts'
import { object, optional, text } from '../transport/fields.ts'
import { ownCredential } from './own-credential.ts'

/** Ends a pair of the caller's keys, and every token that was made from it. Answers how many it ended. */
export const authRevokeCredentials = defineEndpoint('auth.revoke_credentials', {
  since: '2.1',
  request: object({ access_key: optional(text) }),
  async handle(call, { access_key }) {
    if (access_key === undefined || (await ownCredential(call, access_key)) === null) return { revoked: 0 }
    const revoked = await call.services.credentials.revokeCredential(call.identity.company, access_key)
    call.authentication.forget()
    return { revoked: revoked === null ? 0 : 1 }
  },
})
