/** What this language calls what can be wrong, and the status of each. */
export const apiErrorStatuses = {
  parameter_not_provided: 400,
  parameter_invalid: 400,
  api_key_invalid: 401,
  resource_not_exist: 404,
  endpoint_not_exists: 404,
  too_many_requests: 429,
  internal_server_error: 500,
} as const

export type ApiErrorCode = keyof typeof apiErrorStatuses

/** A refusal in this language: what was wrong, and what would be right. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ApiErrorCode
  readonly retryAfterSeconds: number | undefined

  /** The message reaches the caller; what only operators may read goes in `cause`. */
  constructor(code: ApiErrorCode, message: string, options: { cause?: unknown; retryAfterSeconds?: number } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.code = code
    this.retryAfterSeconds = options.retryAfterSeconds
  }

  get status(): (typeof apiErrorStatuses)[ApiErrorCode] {
    return apiErrorStatuses[this.code]
  }

  /** Twice, since readers of one release look for it at the top and those of another below `error`. */
  body() {
    const { code, message } = this
    return { code, message, error: { code, message } }
  }
}
