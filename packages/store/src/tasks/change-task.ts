import type { DetailedTask, TaskChange, TaskStore } from '@inferq/domain'
import type { UpdateObject } from 'kysely'
import { enterQueue, leaveQueues } from '../agents-line/entries-of-task.ts'
import { touchQueues } from '../agents-line/touch-queues.ts'
import { dropStream } from '../events/streams.ts'
import { noteUnneeded } from '../files/note-unneeded.ts'
import type { Db } from '../server/server.ts'
import { runCallers } from '../server/store-errors.ts'
import { isId } from '../sql-text.ts'
import type { Tables } from '../tables.ts'
import { appendedEvent, changedColumns, dbTime } from './changed-columns.ts'
import { detailedColumns, detailedTaskOf } from './detailed-row.ts'
import { findDetailed } from './find-detailed.ts'
import { missingReference } from './missing-reference.ts'
import { checkProject, checkQueues } from './reference-checks.ts'

export const taskChanger =
  (db: Db): TaskStore['changeTask'] =>
  async (company, id, decide) => {
    if (!isId(id)) return null
    const change = async (transaction: Db) => {
      if (!(await lockTask(transaction, company, id))) return null
      // A statement of its own: the one that waited for the lock shows the names of queues as they were before.
      const [before] = await findDetailed(transaction, company, [id], 'own')
      if (!before) return null
      const change = runCallers(() => decide(before))
      if (!change) return { before, after: before, leftQueues: 0 }
      checkProject(change.set.project)
      const queueId = change.set.queueId === before.queueId ? null : change.set.queueId
      await checkQueues(transaction, company, [queueId, change.enterQueue])
      const after = await updateTask(transaction, id, change)
      if (change.dropEvents) await dropStream(transaction, id)
      if (change.dropFiles) await noteUnneeded(transaction, company, change.dropFiles)
      return { before, after, leftQueues: await changeEntries(transaction, id, change) }
    }
    return db
      .transaction()
      .execute(change)
      .catch((error) => {
        throw missingReference(error)
      })
  }

async function lockTask(transaction: Db, company: string, id: string): Promise<boolean> {
  const task = transaction.selectFrom('tasks').select('id').where('id', '=', id).where('company', '=', company)
  return (await task.forNoKeyUpdate().executeTakeFirst()) !== undefined
}

async function updateTask(transaction: Db, id: string, change: TaskChange): Promise<DetailedTask> {
  const row = await transaction
    .updateTable('tasks')
    // The id too: an update of nothing is no statement.
    .set({ id, ...columnsOf(change) })
    .where('id', '=', id)
    .returning(detailedColumns)
    .executeTakeFirstOrThrow()
  return detailedTaskOf(row)
}

function columnsOf({ set, event, counts = 'update', enterQueue }: TaskChange): UpdateObject<Tables, 'tasks'> {
  const columns = changedColumns(set)
  if (event) columns.events = appendedEvent(event, set)
  // Nobody holds what is in line.
  if (enterQueue !== undefined && set.leaseUntil === undefined) columns.lease_until = null
  if (counts === 'nothing') return columns
  if (counts === 'edit') return { ...columns, edited_at: dbTime }
  if (counts === 'status' && set.statusChangedAt === undefined) columns.status_changed_at = dbTime
  return { ...columns, updated_at: dbTime }
}

/** Answers how many lines it left. */
async function changeEntries(transaction: Db, id: string, change: TaskChange): Promise<number> {
  const left = change.leaveQueues ? await leaveQueues(transaction, id, change.leaveQueues) : []
  const entered = change.enterQueue === undefined ? [] : [change.enterQueue]
  for (const queueId of entered) await enterQueue(transaction, id, queueId)
  await touchQueues(transaction, [...left, ...entered])
  return left.length
}
