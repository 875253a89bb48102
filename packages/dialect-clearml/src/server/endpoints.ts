import { defineEndpoint } from '../endpoint.ts'
import { object } from '../transport/fields.ts'

/** Every endpoint of this server, and the oldest version of the API that has it. */
export const serverEndpoints = defineEndpoint('server.endpoints', {
  since: '2.1',
  roles: ['root', 'system'],
  request: object({}),
  handle: async ({ offered }) => ({
    endpoints: offered.map(({ name, since }) => ({ name, min_version: since })),
  }),
})
