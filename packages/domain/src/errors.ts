import type { FieldIssue } from '@inferq/contracts'

export type ErrorKind = 'invalid' | 'unauthenticated' | 'not_found' | 'conflict' | 'busy' | 'unavailable' | 'internal'

/** Everything that can be wrong with a request, and what kind of wrong it is. docs/errors.md explains each one. */
export const errorCodes = {
  REQUEST_INVALID: 'invalid',
  BODY_NOT_JSON: 'invalid',
  BODY_TOO_LARGE: 'invalid',
  JOB_UNKNOWN: 'invalid',
  INPUT_INVALID: 'invalid',
  MODEL_UNKNOWN: 'invalid',
  CURSOR_INVALID: 'invalid',
  PATTERN_INVALID: 'invalid',
  FIELD_UNKNOWN: 'invalid',
  FILE_PATH_INVALID: 'invalid',
  FILE_TOO_LARGE: 'invalid',
  FILE_QUOTA_EXCEEDED: 'conflict',
  UNAUTHENTICATED: 'unauthenticated',
  ROUTE_NOT_FOUND: 'not_found',
  TASK_NOT_FOUND: 'not_found',
  QUEUE_NOT_FOUND: 'not_found',
  CREDENTIAL_NOT_FOUND: 'not_found',
  TASK_TRANSITION_FORBIDDEN: 'conflict',
  TASK_MOVED_MEANWHILE: 'conflict',
  TASK_HELD_BY_WORKER: 'conflict',
  TASK_ALREADY_QUEUED: 'conflict',
  TASK_CANNOT_BE_DELETED: 'conflict',
  NAME_TAKEN: 'conflict',
  IDEMPOTENCY_KEY_REUSED: 'conflict',
  QUEUE_FULL: 'busy',
  TOO_MANY_QUEUES: 'busy',
  SERVER_BUSY: 'unavailable',
  QUEUE_UNREACHABLE: 'unavailable',
  STORE_UNREACHABLE: 'unavailable',
  FILES_UNREACHABLE: 'unavailable',
  TASK_STATUS_UNKNOWN: 'internal',
  INTERNAL: 'internal',
} as const satisfies Record<string, ErrorKind>

export type ErrorCode = keyof typeof errorCodes

export class DomainError extends Error {
  override readonly name = 'DomainError'
  readonly code: ErrorCode
  readonly kind: ErrorKind
  /** Field by field, what was wrong and what would be right. */
  readonly issues: readonly FieldIssue[] | undefined
  readonly retryAfterSeconds: number | undefined

  /** `message` and `issues` may reach a caller; what only operators may read goes in `cause`. */
  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; issues?: readonly FieldIssue[]; retryAfterSeconds?: number } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.code = code
    this.kind = errorCodes[code]
    this.issues = options.issues
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}
