import type { Db } from '../server/server.ts'
import { isId } from '../sql-text.ts'
import { projectNotFound, queueNotFound } from './missing-reference.ts'

/** The database itself refuses a queue that is not there; whose it is, it does not know. Throws QUEUE_NOT_FOUND. */
export async function checkQueues(
  db: Db,
  company: string,
  queueIds: readonly (string | null | undefined)[],
): Promise<void> {
  for (const id of new Set(queueIds)) {
    if (typeof id !== 'string') continue
    if (!isId(id)) throw queueNotFound()
    const queue = db.selectFrom('queues').select('id').where('id', '=', id).where('company', '=', company)
    if (!(await queue.executeTakeFirst())) throw queueNotFound()
  }
}

/** The dialect says which projects one may use; this keeps from the database what is no id at all. */
export function checkProject(project: string | null | undefined): void {
  if (typeof project === 'string' && !isId(project)) throw projectNotFound()
}
