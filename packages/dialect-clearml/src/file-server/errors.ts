import { DomainError, type ErrorCode, type ErrorKind } from '@inferq/domain'
import { ApiError } from '../errors/api-error.ts'
import { toApiError } from '../transport/answer-error.ts'

/** A refusal of the file server: what was wrong, and what would be right. */
export class FileError extends Error {
  override readonly name = 'FileError'
  readonly status: number
  constructor(status: number, message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause })
    this.status = status
  }
}

export const notFound = () => new FileError(404, 'there is no such file')

const statusOfKind = {
  invalid: 400,
  unauthenticated: 401,
  not_found: 404,
  conflict: 409,
  busy: 429,
  unavailable: 503,
  internal: 500,
} as const satisfies Record<ErrorKind, number>

const statusOfCode: Partial<Record<ErrorCode, number>> = {
  FILE_PATH_INVALID: 404,
  FILE_TOO_LARGE: 413,
  FILE_QUOTA_EXCEEDED: 507,
}

/** Whatever was thrown, in the file server's language. Of what nobody foresaw the caller learns only that it happened. */
export function toFileError(thrown: unknown): FileError {
  if (thrown instanceof FileError) return thrown
  if (thrown instanceof DomainError && thrown.kind !== 'internal') {
    return new FileError(statusOfCode[thrown.code] ?? statusOfKind[thrown.kind], thrown.message, thrown.cause)
  }
  if (!(thrown instanceof ApiError) && isRefusalOfFastify(thrown)) {
    return new FileError(thrown.statusCode, thrown.message, thrown)
  }
  const { status, message } = toApiError(thrown)
  return new FileError(status, status === 401 ? `${message}: ${howToAuthorize}` : message, thrown)
}

const howToAuthorize = 'send a token or a secret key as "Authorization: Bearer ...", or both keys as "Basic ..."'

/** Such as a content type that is none, or a form of too many parts. */
const isRefusalOfFastify = (thrown: unknown): thrown is Error & { statusCode: number } =>
  thrown instanceof Error && 'statusCode' in thrown && typeof thrown.statusCode === 'number' && thrown.statusCode < 500
