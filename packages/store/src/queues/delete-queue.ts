import type { QueueRecord } from '@inferq/domain'
import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { isId } from '../sql-text.ts'
import type { QueueIds } from './queue-ids.ts'
import { queueColumns, queueOf } from './queue-row.ts'

/** So many rows are changed well within the time that a statement may take, on a slow disk too. */
const tasksPerStatement = 1_000

export const deleteQueue =
  (db: Db, queueIds: QueueIds) =>
  async (company: string, id: string): Promise<QueueRecord | null> => {
    if (!isId(id)) return null
    const deleted = await db.transaction().execute(async (transaction) => {
      const find = () =>
        transaction.selectFrom('queues').select(queueColumns).where('company', '=', company).where('id', '=', id)
      if (!(await find().executeTakeFirst())) return null
      // Most tasks leave it before it is locked: who submits to any queue meanwhile would wait for the lock.
      await releaseTasks(transaction, id)
      const row = await find().forUpdate('queues').executeTakeFirst()
      if (!row) return null
      await releaseTasks(transaction, id)
      await transaction.deleteFrom('queues').where('id', '=', id).execute()
      return queueOf(row)
    })
    queueIds.forget()
    return deleted
  }

async function releaseTasks(transaction: Db, id: string): Promise<void> {
  for (;;) {
    // In the order of the ids, as everyone locks tasks, so that nobody waits in a circle.
    const { numAffectedRows } = await sql`
      update tasks set queue_id = null from (
        select id from tasks where queue_id = ${id}::uuid order by id limit ${sql.lit(tasksPerStatement)}
        for no key update
      ) leaving where tasks.id = leaving.id`.execute(transaction)
    if (Number(numAffectedRows ?? 0) < tasksPerStatement) return
  }
}
