import { defineEndpoint } from '../endpoint.ts'
import { object } from '../transport/fields.ts'

/** There are no users by name and password here, only keys. */
export const authFixedUsersMode = defineEndpoint('auth.fixed_users_mode', {
  since: '2.1',
  authorize: 'none',
  request: object({}),
  handle: async () => ({ enabled: false, guest: { enabled: false }, server_errors: {} }),
})
