import { defineEndpoint } from '../endpoint.ts'
import { anyObject } from '../transport/fields.ts'

/** Answers what it was sent, to anyone. */
export const debugPing = defineEndpoint('debug.ping', {
  since: '2.9',
  authorize: 'none',
  request: anyObject,
  handle: async (_call, request) => ({ msg: 'ClearML server', ...request }),
})
