import { defineEndpoint } from '../endpoint.ts'
import { object } from '../transport/fields.ts'

/** Ends the caller's session: every token of it, the one in the cookie too. Keys have no session and stay good. */
export const authLogout = defineEndpoint('auth.logout', {
  since: '2.2',
  request: object({}),
  async handle({ authentication, caller, setCookie }) {
    if (caller.sessionId !== null) await authentication.endSession(caller.sessionId)
    setCookie(null)
    return {}
  },
})
