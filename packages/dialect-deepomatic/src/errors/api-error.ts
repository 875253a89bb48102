/** The answers other than 2xx that this language knows. */
export type ErrorStatus = 400 | 401 | 403 | 404 | 405 | 410 | 413 | 415 | 429 | 500 | 503

/** A refusal in this language: what was wrong, and what would be right. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: ErrorStatus
  readonly retryAfterSeconds: number | undefined

  /** The message reaches the caller; what only operators may read goes in `cause`. */
  constructor(status: ErrorStatus, message: string, options: { cause?: unknown; retryAfterSeconds?: number } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.status = status
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}
