import type { DomainError, ErrorCode } from '@inferq/domain'
import { ApiError, type ErrorStatus } from './api-error.ts'

/** Total on purpose: a new domain code does not compile until this dialect has said what it means here. */
export const deepomaticStatuses = {
  REQUEST_INVALID: 400,
  BODY_NOT_JSON: 400,
  BODY_TOO_LARGE: 413,
  JOB_UNKNOWN: 400,
  INPUT_INVALID: 400,
  MODEL_UNKNOWN: 400,
  CURSOR_INVALID: 400,
  PATTERN_INVALID: 400,
  FIELD_UNKNOWN: 400,
  FILE_PATH_INVALID: 400,
  FILE_TOO_LARGE: 413,
  FILE_QUOTA_EXCEEDED: 413,
  UNAUTHENTICATED: 401,
  ROUTE_NOT_FOUND: 404,
  TASK_NOT_FOUND: 404,
  QUEUE_NOT_FOUND: 404,
  CREDENTIAL_NOT_FOUND: 404,
  TASK_TRANSITION_FORBIDDEN: 400,
  TASK_MOVED_MEANWHILE: 400,
  TASK_HELD_BY_WORKER: 400,
  TASK_ALREADY_QUEUED: 400,
  TASK_CANNOT_BE_DELETED: 400,
  NAME_TAKEN: 400,
  IDEMPOTENCY_KEY_REUSED: 400,
  QUEUE_FULL: 429,
  TOO_MANY_QUEUES: 429,
  SERVER_BUSY: 503,
  QUEUE_UNREACHABLE: 503,
  STORE_UNREACHABLE: 503,
  FILES_UNREACHABLE: 503,
  TASK_STATUS_UNKNOWN: 500,
  INTERNAL: 500,
} as const satisfies Record<ErrorCode, ErrorStatus>

/** What the core refused, in this language's words. Of a fault nothing is said but that it is one. */
export function fromDomain(error: DomainError): ApiError {
  const { code, kind, message, retryAfterSeconds } = error
  if (kind === 'internal') return new ApiError(500, faultText, { cause: error })
  const issues = error.issues?.map(({ field, problem }) => (field ? `${field} ${problem}` : problem)) ?? []
  return new ApiError(deepomaticStatuses[code], [message, ...issues].join('; '), {
    cause: error,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  })
}

export const faultText = 'something went wrong on the server'
