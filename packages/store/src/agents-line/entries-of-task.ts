import { DomainError, type TaskChange } from '@inferq/domain'
import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { idOf, isId } from '../sql-text.ts'

/** Ids of the queues whose line it left. Whoever calls holds the task's row. */
export async function leaveQueues(
  transaction: Db,
  taskId: string,
  which: NonNullable<TaskChange['leaveQueues']>,
): Promise<string[]> {
  let leaving = transaction.deleteFrom('queue_entries').where('task_id', '=', taskId)
  if (which !== 'all') {
    const queueId = 'except' in which ? which.except : which.queueId
    if (isId(queueId)) leaving = leaving.where('queue_id', 'except' in which ? '<>' : '=', queueId)
    else if ('queueId' in which) return []
  }
  const rows = await leaving.returning('queue_id').execute()
  return rows.map((row) => idOf(row.queue_id))
}

/** At the end of the line. Throws TASK_ALREADY_QUEUED. */
export async function enterQueue(transaction: Db, taskId: string, queueId: string): Promise<void> {
  const { rows } = await sql`
    insert into queue_entries (queue_id, task_id) values (${queueId}::uuid, ${taskId}::uuid)
    on conflict do nothing
    returning queue_id`.execute(transaction)
  if (rows.length === 0) throw new DomainError('TASK_ALREADY_QUEUED', 'the task is in line on this queue already')
}
