import { defineEndpoint } from '../endpoint.ts'
import { object } from '../transport/fields.ts'

/** By what else than keys a person may log in: by nothing. */
export const loginSupportedModes = defineEndpoint('login.supported_modes', {
  since: '2.9',
  authorize: 'optional',
  request: object({}),
  handle: async ({ identity }) => ({
    basic: { enabled: false, guest: { enabled: false } },
    sso: {},
    sso_providers: [],
    server_errors: { missed_es_upgrade: false, es_connection_error: false },
    authenticated: identity !== null,
  }),
})
