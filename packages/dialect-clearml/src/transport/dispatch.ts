import { createAuthentication } from '../auth/authentication.ts'
import { createIdentify } from '../auth/identify.ts'
import type { Caller, Identity } from '../auth/identity.ts'
import { impersonate } from '../auth/impersonate.ts'
import { readCredentials } from '../auth/read-credentials.ts'
import { type Call, isBefore } from '../call.ts'
import type { Endpoint } from '../endpoint.ts'
import { ApiError } from '../errors/api-error.ts'
import type { ClearmlServices } from '../services.ts'
import { parseVersion, type Target } from './path.ts'
import type { RequestData } from './request-data.ts'
import { validate } from './validate.ts'

/** A call as it came in: what can be said of it without asking anyone. */
export interface Incoming {
  target: Target
  authorization: string | undefined
  cookie: string | undefined
  impersonateAs: string | undefined
  actAs: string | undefined
  worker: string
  ip: string
  baseUrl: string
  /** Read once it is known that the caller may ask at all. */
  readData(): Promise<RequestData>
  setCookie(token: string | null): void
}

export interface Dispatcher {
  /** Throws `404/0` for an endpoint that is unknown or newer than the version asked for. */
  find(target: Target): Endpoint
  /** Who calls, whether they may, what they send, what comes of it; in this order. */
  run(endpoint: Endpoint, incoming: Incoming): Promise<object>
}

export function createDispatcher(
  endpoints: readonly Endpoint[],
  services: ClearmlServices,
  onError: (error: unknown) => void,
): Dispatcher {
  const byName = new Map(endpoints.map((endpoint) => [endpoint.name, endpoint]))
  const authentication = createAuthentication(services)
  const identify = createIdentify(authentication, services.credentials, onError)

  async function authorize(endpoint: Endpoint, incoming: Incoming) {
    if (endpoint.authorize === 'none') return nobody
    const { authorization, cookie, worker } = incoming
    const caller = await Promise.try(() => identify(readCredentials(authorization, cookie), worker)).catch((error) => {
      if (endpoint.authorize === 'optional' && error instanceof ApiError && error.status === 401) return null
      throw error
    })
    if (caller === null) return nobody
    const { role } = caller.identity
    if (endpoint.roles !== null && !endpoint.roles.includes(role)) throw new ApiError('roleNotAllowed', role)
    return { caller, identity: await impersonate(caller.identity, incoming, services.users) }
  }

  return {
    find(target) {
      const endpoint = byName.get(target.endpoint)
      if (endpoint && !isBefore(target.version, parseVersion(endpoint.since))) return endpoint
      throw new ApiError('endpointNotFound', `name ${target.endpoint} and version ${target.requestedVersion}`)
    },

    async run(endpoint, incoming) {
      const { caller, identity } = await authorize(endpoint, incoming)
      const { data, batch } = await incoming.readData()
      const request = validate(endpoint.request, data)
      const { worker, ip, baseUrl, target, setCookie } = incoming
      const call: Call = {
        ...{ services, authentication, offered: endpoints, worker, ip, baseUrl, batch, setCookie },
        // An endpoint that asks for nobody does not look at these.
        caller: caller as Caller,
        identity: identity as Identity,
        version: target.version,
      }
      return endpoint.handle(call, request as never)
    },
  }
}

const nobody = { caller: null, identity: null } as const
