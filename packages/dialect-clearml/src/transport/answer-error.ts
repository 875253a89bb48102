import { DomainError } from '@inferq/domain'
import { ApiError } from '../errors/api-error.ts'
import { fromDomain } from '../errors/from-domain.ts'
import { invalid, isZodError } from './validate.ts'

/** Whatever was thrown, in this language. Of what nobody foresaw the caller learns nothing but that it happened. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown
  if (thrown instanceof DomainError) return fromDomain(thrown)
  if (isZodError(thrown)) return invalid(thrown)
  const { code, statusCode } = (thrown ?? {}) as { code?: unknown; statusCode?: unknown }
  if (code === 'FST_UNDER_PRESSURE') return new ApiError('unavailable', 'the server is overloaded; try again')
  if (typeof statusCode === 'number' && statusCode < 500) return new ApiError('invalidRequest', '', {}, thrown)
  return new ApiError('general', '', {}, thrown)
}
