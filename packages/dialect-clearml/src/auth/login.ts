import { defineEndpoint } from '../endpoint.ts'
import { object } from '../transport/fields.ts'
import { expirationField } from './expiration.ts'

/** Makes a token out of a pair of keys, or renews one that is still good: the session stays the same. */
export const authLogin = defineEndpoint('auth.login', {
  since: '2.1',
  request: object({ expiration_sec: expirationField }),
  async handle({ authentication, caller, identity, setCookie }, { expiration_sec }) {
    const token = await authentication.makeToken({
      identity,
      accessKey: caller.accessKey,
      sessionId: caller.sessionId ?? undefined,
      expirationSec: expiration_sec,
    })
    setCookie(token)
    return { token }
  },
})
