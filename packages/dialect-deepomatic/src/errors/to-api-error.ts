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
      return new ApiError(503, 'the server is overloaded; try again', { retryAfterSeconds: 2 })
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new ApiError(413, 'the body is larger than this server takes', { cause: thrown })
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new ApiError(415, 'a body is sent as application/json or as multipart/form-data', { cause: thrown })
  }
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return new ApiError(400, 'the request cannot be read', { cause: thrown })
  }
  return new ApiError(500, faultText, { cause: thrown })
}
