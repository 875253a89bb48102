import type { Role } from '@inferq/domain'
import type { z } from 'zod'
import type { Call } from './call.ts'

/** One endpoint, as the list of all of them shows it. */
export interface Endpoint {
  /** `tasks.get_by_id`. */
  readonly name: string
  /** The oldest API version that has it: `2.1`. */
  readonly since: string
  /** Whether a caller must, may or need not say who they are. */
  readonly authorize: 'required' | 'optional' | 'none'
  /** Null: any role. */
  readonly roles: readonly Role[] | null
  /** What a request may hold; unknown top-level fields are dropped, and a null one is as good as absent. */
  readonly request: z.ZodType
  /** Answers `data` of the envelope. Throws ApiError, or a DomainError that errors/from-domain.ts translates. */
  readonly handle: (call: Call, request: never) => Promise<object>
}

interface Definition<Request extends z.ZodType> {
  since: string
  request: Request
  authorize?: Endpoint['authorize']
  roles?: readonly Role[]
  handle: (call: Call, request: z.output<Request>) => Promise<object>
}

export const defineEndpoint = <Request extends z.ZodType>(
  name: string,
  { authorize = 'required', roles, ...rest }: Definition<Request>,
): Endpoint => ({ name, authorize, roles: roles ?? null, ...rest })
