import { DomainError } from '@inferq/domain'
import { ApiError } from '../errors/api-error.ts'
import { fromDomain } from '../errors/from-domain.ts'

export interface BatchFailure {
  id: string
  error: { codes: [status: number, subcode: number]; msg: string; data: Readonly<Record<string, unknown>> }
}

/**
 * One after the other, in the order asked, the same id as often as it is named. A refusal is noted and the others go on;
 * anything unexpected, a server fault among it, rejects and fails the whole call.
 */
export async function runBatch<Done extends object>(
  ids: readonly string[],
  work: (id: string) => Promise<Done>,
): Promise<{ succeeded: ({ id: string } & Done)[]; failed: BatchFailure[] }> {
  const succeeded: ({ id: string } & Done)[] = []
  const failed: BatchFailure[] = []
  for (const id of ids) {
    try {
      succeeded.push({ id, ...(await work(id)) })
    } catch (thrown) {
      const refusal = asRefusal(thrown)
      if (refusal === null) throw thrown
      const { status, subcode, message, values } = refusal
      const data = Object.keys(values).length > 0 ? values : { id }
      failed.push({ id, error: { codes: [status, subcode], msg: message, data } })
    }
  }
  return { succeeded, failed }
}

function asRefusal(thrown: unknown): ApiError | null {
  const error = thrown instanceof DomainError ? fromDomain(thrown) : thrown
  // A task of unknown status is refused by a 500, and is no fault of ours.
  return error instanceof ApiError && (error.status < 500 || error.error === 'internal') ? error : null
}
