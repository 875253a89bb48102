import type { DomainError, ErrorCode } from '@inferq/domain'
import { ApiError, type ErrorName } from './api-error.ts'

/** Total on purpose: a new domain code does not compile until this dialect has said what it means here. */
export const clearmlErrors = {
  REQUEST_INVALID: 'validation',
  BODY_NOT_JSON: 'invalidRequest',
  BODY_TOO_LARGE: 'invalidRequest',
  JOB_UNKNOWN: 'validation',
  INPUT_INVALID: 'validation',
  MODEL_UNKNOWN: 'validation',
  CURSOR_INVALID: 'validation',
  PATTERN_INVALID: 'invalidRegex',
  FIELD_UNKNOWN: 'invalidFields',
  FILE_PATH_INVALID: 'validation',
  FILE_TOO_LARGE: 'validation',
  FILE_QUOTA_EXCEEDED: 'validation',
  UNAUTHENTICATED: 'invalidCredentials',
  ROUTE_NOT_FOUND: 'endpointNotFound',
  TASK_NOT_FOUND: 'invalidTaskId',
  QUEUE_NOT_FOUND: 'invalidQueueId',
  CREDENTIAL_NOT_FOUND: 'invalidAccessKey',
  TASK_TRANSITION_FORBIDDEN: 'invalidTaskStatus',
  TASK_MOVED_MEANWHILE: 'failedChangingTaskStatus',
  TASK_HELD_BY_WORKER: 'invalidTaskStatus',
  TASK_ALREADY_QUEUED: 'taskAlreadyQueued',
  TASK_CANNOT_BE_DELETED: 'taskCannotBeDeleted',
  NAME_TAKEN: 'expectedUniqueData',
  IDEMPOTENCY_KEY_REUSED: 'expectedUniqueData',
  QUEUE_FULL: 'tooManyRequests',
  TOO_MANY_QUEUES: 'validation',
  SERVER_BUSY: 'unavailable',
  QUEUE_UNREACHABLE: 'unavailable',
  STORE_UNREACHABLE: 'unavailable',
  FILES_UNREACHABLE: 'unavailable',
  TASK_STATUS_UNKNOWN: 'internal',
  INTERNAL: 'general',
} as const satisfies Record<ErrorCode, ErrorName>

/** What the core refused, in this language's words. Of a fault nothing is said but that it is one. */
export function fromDomain(error: DomainError): ApiError {
  if (error.kind === 'internal') return new ApiError(clearmlErrors[error.code], '', {}, error)
  const issues = error.issues?.map(({ field, problem }) => (field ? `${field} ${problem}` : problem)) ?? []
  return new ApiError(clearmlErrors[error.code], [error.message, ...issues].join('; '), {}, error)
}
