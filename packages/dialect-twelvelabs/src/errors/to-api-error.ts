import { DomainError } from '@inferq/domain'
import { ApiError } from './api-error.ts'
import { faultText, fromDomain } from './from-domain.ts'

/** Whatever was thrown, in this language. Of what nobody foresaw the caller learns nothing but that it happened. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown
  if (thrown instanceof DomainError) return fromDomain(thrown)
  const { code, statusCode } = (thrown ?? {}) as { code?: unknown; statusCode?: unknown }
  switch (code) {
    case 'FST_UNDER_PRESSURE':
      return new ApiError('too_many_requests', 'the server is overloaded; try again', { retryAfterSeconds: 2 })
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new ApiError('parameter_invalid', 'the body is larger than this server takes', { cause: thrown })
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new ApiError('parameter_invalid', 'the body must be sent as application/json', { cause: thrown })
  }
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return new ApiError('parameter_invalid', 'the request cannot be read', { cause: thrown })
  }
  return new ApiError('internal_server_error', faultText, { cause: thrown })
}
