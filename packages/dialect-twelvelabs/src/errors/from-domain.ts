import type { DomainError, ErrorCode } from '@inferq/domain'
import { ApiError, type ApiErrorCode } from './api-error.ts'

/** Total on purpose: a new domain code does not compile until this dialect has said what it means here. */
export const twelvelabsCodes = {
  REQUEST_INVALID: 'parameter_invalid',
  BODY_NOT_JSON: 'parameter_invalid',
  BODY_TOO_LARGE: 'parameter_invalid',
  JOB_UNKNOWN: 'parameter_invalid',
  INPUT_INVALID: 'parameter_invalid',
  MODEL_UNKNOWN: 'parameter_invalid',
  CURSOR_INVALID: 'parameter_invalid',
  PATTERN_INVALID: 'parameter_invalid',
  FIELD_UNKNOWN: 'parameter_invalid',
  FILE_PATH_INVALID: 'parameter_invalid',
  FILE_TOO_LARGE: 'parameter_invalid',
  FILE_QUOTA_EXCEEDED: 'parameter_invalid',
  UNAUTHENTICATED: 'api_key_invalid',
  ROUTE_NOT_FOUND: 'endpoint_not_exists',
  TASK_NOT_FOUND: 'resource_not_exist',
  QUEUE_NOT_FOUND: 'resource_not_exist',
  CREDENTIAL_NOT_FOUND: 'resource_not_exist',
  TASK_TRANSITION_FORBIDDEN: 'parameter_invalid',
  TASK_MOVED_MEANWHILE: 'parameter_invalid',
  TASK_HELD_BY_WORKER: 'parameter_invalid',
  TASK_ALREADY_QUEUED: 'parameter_invalid',
  TASK_CANNOT_BE_DELETED: 'parameter_invalid',
  NAME_TAKEN: 'parameter_invalid',
  IDEMPOTENCY_KEY_REUSED: 'parameter_invalid',
  QUEUE_FULL: 'too_many_requests',
  TOO_MANY_QUEUES: 'too_many_requests',
  SERVER_BUSY: 'too_many_requests',
  QUEUE_UNREACHABLE: 'internal_server_error',
  STORE_UNREACHABLE: 'internal_server_error',
  FILES_UNREACHABLE: 'internal_server_error',
  TASK_STATUS_UNKNOWN: 'internal_server_error',
  INTERNAL: 'internal_server_error',
} as const satisfies Record<ErrorCode, ApiErrorCode>

/** What the core refused, in this language's words. Of a fault nothing is said but that it is one. */
export function fromDomain(error: DomainError): ApiError {
  const { code, kind, message, retryAfterSeconds } = error
  if (kind === 'internal') return new ApiError('internal_server_error', faultText, { cause: error })
  const issues = error.issues?.map(({ field, problem }) => (field ? `${field} ${problem}` : problem)) ?? []
  return new ApiError(twelvelabsCodes[code], [message, ...issues].join('; '), {
    cause: error,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  })
}

export const faultText = 'something went wrong on the server'
