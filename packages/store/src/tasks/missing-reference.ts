import { DomainError } from '@inferq/domain'
import { foreignKeyViolation, sqlState } from '../server/store-errors.ts'

export const queueNotFound = () => new DomainError('QUEUE_NOT_FOUND', 'no such queue')
export const projectNotFound = () => new DomainError('REQUEST_INVALID', 'project: no such project')

/** What a task's row or its entry refers to went away while it was written; every other error as it is. */
export function missingReference(error: unknown): unknown {
  if (sqlState(error) !== foreignKeyViolation) return error
  const { constraint } = error as { constraint?: unknown }
  return constraint === 'tasks_project_fkey' ? projectNotFound() : queueNotFound()
}
