import { ApiError, type FieldIssue } from '@inferq/contracts'

/** Codes that this client gives by itself; every other code is the server's. */
export type ClientErrorCode = 'UNREACHABLE' | 'TIMED_OUT' | 'WAIT_TIMED_OUT' | 'NOT_INFERQ'

/** A request that was refused or not answered. `issues` names the fields that were wrong. */
export class InferqError extends Error {
  override readonly name = 'InferqError'
  /** The HTTP status, or 0 when there was no answer. */
  readonly status: number
  readonly code: string
  readonly issues: readonly FieldIssue[]

  constructor(
    problem: { status: number; code: string; message: string; issues?: readonly FieldIssue[] | undefined },
    options?: { cause?: unknown },
  ) {
    super(problem.message, options)
    this.status = problem.status
    this.code = problem.code
    this.issues = problem.issues ?? []
  }
}

export async function errorOf(response: Response): Promise<InferqError> {
  const { status } = response
  const text = await response.text().catch(() => '')
  const parsed = ApiError.safeParse(parseJson(text))
  if (parsed.success) return new InferqError({ status, ...parsed.data.error })
  // A proxy in between, or an address that is not the API's.
  return new InferqError({
    status,
    code: 'NOT_INFERQ',
    message: `${status} from ${response.url}: ${text.slice(0, 200)}`,
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
