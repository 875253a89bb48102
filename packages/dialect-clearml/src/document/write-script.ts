import { findJob, isLive } from '@inferq/contracts'
import type { DetailedTask, Document } from '@inferq/domain'
import { ApiError } from '../errors/api-error.ts'
import { scriptOf, storeScript } from './parts/script.ts'
import type { Script } from './schemas.ts'

/** Of a task whose job is unknown, or that agents start, which do not count. */
const usualAttempts = 3

/**
 * What the row keeps of a script that is merged into the present one. Throws 400/110 where that would hand a waiting
 * or running task from Inferq's own workers to agents or back: it stands in the line of the one kind already.
 */
export function writeScript(
  present: DetailedTask | null,
  given: Script,
): { job: string | null; script: Document; attemptsAllowed?: number } {
  const stored = storeScript({ ...scriptOf(present ?? { script: null, job: null }), ...given })
  if (present && changesWorkers(present, stored.job) && isLive(present.status)) {
    throw new ApiError(
      'invalidTaskStatus',
      `a task that is ${present.status} stays with its kind of workers; dequeue or stop it before its script changes that`,
      { id: present.id },
    )
  }
  return present && present.job === stored.job ? stored : { ...stored, attemptsAllowed: attemptsOf(stored.job) }
}

export const attemptsOf = (job: string | null): number =>
  (job === null ? undefined : findJob(job)?.attempts) ?? usualAttempts

/** Whether a task goes from Inferq's own workers to agents, or the other way. */
export const changesWorkers = (present: Pick<DetailedTask, 'job'>, job: string | null): boolean =>
  (present.job === null) !== (job === null)
