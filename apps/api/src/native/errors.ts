import type { ApiError } from '@inferq/contracts'
import { DomainError, type ErrorCode } from '@inferq/domain'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'

/** Total on purpose: a new domain code does not compile until the native API has said what it means here. */
export const statusOf = {
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
  FILE_QUOTA_EXCEEDED: 507,
  UNAUTHENTICATED: 401,
  ROUTE_NOT_FOUND: 404,
  TASK_NOT_FOUND: 404,
  QUEUE_NOT_FOUND: 404,
  CREDENTIAL_NOT_FOUND: 404,
  TASK_TRANSITION_FORBIDDEN: 409,
  TASK_MOVED_MEANWHILE: 409,
  TASK_HELD_BY_WORKER: 409,
  TASK_ALREADY_QUEUED: 409,
  TASK_CANNOT_BE_DELETED: 409,
  NAME_TAKEN: 409,
  IDEMPOTENCY_KEY_REUSED: 409,
  QUEUE_FULL: 429,
  TOO_MANY_QUEUES: 429,
  SERVER_BUSY: 503,
  QUEUE_UNREACHABLE: 503,
  STORE_UNREACHABLE: 503,
  FILES_UNREACHABLE: 503,
  TASK_STATUS_UNKNOWN: 500,
  INTERNAL: 500,
} as const satisfies Record<ErrorCode, number>

export const errorBody = ({ code, message, issues }: DomainError): ApiError => ({
  error: { code, message, ...(issues ? { issues: [...issues] } : {}) },
})

/** Whatever was thrown, in the native API's form. Only what a DomainError says on purpose reaches the caller. */
export function nativeErrorHandler(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const known = asDomainError(error)
  if (known.kind === 'internal') request.log.error({ err: error, requestId: request.id }, 'request failed')
  else if (known.cause)
    request.log.warn({ err: known.cause, code: known.code, requestId: request.id }, 'request refused')
  if (known.retryAfterSeconds !== undefined) reply.header('retry-after', known.retryAfterSeconds)
  if (known.code === 'UNAUTHENTICATED') reply.header('www-authenticate', 'Bearer')
  reply.code(statusOf[known.code]).send(errorBody(known))
}

function asDomainError(error: FastifyError | DomainError): DomainError {
  if (error instanceof DomainError) return error
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new DomainError('BODY_TOO_LARGE', 'the body is larger than this server takes')
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new DomainError('BODY_NOT_JSON', 'the body must be JSON, sent as application/json')
    case 'FST_UNDER_PRESSURE':
      return new DomainError('SERVER_BUSY', 'the server is overloaded; try again', { retryAfterSeconds: 2 })
  }
  // The JSON parser throws a plain SyntaxError with a status.
  if (error.statusCode === 400) return new DomainError('BODY_NOT_JSON', 'the body is not valid JSON')
  return new DomainError('INTERNAL', 'something went wrong on the server', { cause: error })
}
