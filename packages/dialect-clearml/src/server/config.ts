import { defineEndpoint } from '../endpoint.ts'
import { ApiError } from '../errors/api-error.ts'
import { object, optional, text } from '../transport/fields.ts'

/** The settings of this API, or those at a path: `queues` or `queues.strict_enqueue`. */
export const serverConfig = defineEndpoint('server.config', {
  since: '2.1',
  roles: ['root', 'system'],
  request: object({ path: optional(text) }),
  async handle({ services: { settings } }, { path }) {
    let here: unknown = { queues: { strict_enqueue: settings.strictEnqueue, lease_seconds: settings.leaseSeconds } }
    for (const key of path?.split('.') ?? []) {
      if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) {
        throw new ApiError('validation', "error for field 'path'. there is no such setting", { path })
      }
      here = (here as Record<string, unknown>)[key]
    }
    return typeof here === 'object' && here !== null ? here : { [path?.split('.').at(-1) ?? '']: here }
  },
})
