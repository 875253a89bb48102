import { defineEndpoint } from '../endpoint.ts'
import { object } from '../transport/fields.ts'

/** As auth.logout, and fine for those who were not logged in. */
export const loginLogout = defineEndpoint('login.logout', {
  since: '2.13',
  authorize: 'optional',
  request: object({}),
  async handle({ authentication, caller, setCookie }) {
    if (caller?.sessionId) await authentication.endSession(caller.sessionId)
    setCookie(null)
    return {}
  },
})
