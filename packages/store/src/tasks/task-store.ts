import type { TaskStore } from '@inferq/domain'
import { sql } from 'kysely'
import type { QueueIds } from '../queues/queue-ids.ts'
import type { Db } from '../server/server.ts'
import { listTasks, taskFinder } from './find-tasks.ts'
import { replayFinder, taskInserter } from './insert-tasks.ts'
import { filterRuns, listExpired, listQueued, listRunning } from './live-tasks.ts'
import { outcomeRecorder } from './record-outcomes.ts'
import { taskColumns, taskOf } from './task-row.ts'
import { guarded, taskUpdater } from './update-task.ts'

export const createTaskStore = (db: Db, queueIds: QueueIds): TaskStore => ({
  insertTasks: taskInserter(db, queueIds),
  findReplays: replayFinder(db),
  recordOutcomes: outcomeRecorder(db),
  updateTask: taskUpdater(db, queueIds),

  findTask: taskFinder(db),
  listTasks: (company, query) => listTasks(db, company, query),

  listQueued: (options) => listQueued(db, options),
  listRunning: (options) => listRunning(db, options),
  listExpired: (limit) => listExpired(db, limit),
  filterRuns: (runs, statuses) => filterRuns(db, runs, statuses),

  /** Its idempotency key stays: a repeat of the request is still no new task. */
  async deleteTask(company, id, guard) {
    const row = await db
      .deleteFrom('tasks')
      .where(guarded(company, id, guard))
      .returning(taskColumns)
      .executeTakeFirst()
    return row ? taskOf(row) : null
  },

  async forgetIdempotencyKeys(olderThanMs) {
    const { numDeletedRows } = await db
      .deleteFrom('idempotency_keys')
      .where('created_at', '<', sql<Date>`now() - ${olderThanMs}::float8 * interval '1 millisecond'`)
      .executeTakeFirst()
    return Number(numDeletedRows)
  },
})
