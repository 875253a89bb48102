import type { TaskStore } from '@inferq/domain'
import { sql } from 'kysely'
import { noteUnneeded } from '../files/note-unneeded.ts'
import type { QueueIds } from '../queues/queue-ids.ts'
import { listTaskTypes } from '../search/list-task-types.ts'
import { taskSearcher } from '../search/search-tasks.ts'
import type { Db } from '../server/server.ts'
import { isId } from '../sql-text.ts'
import { taskChanger } from './change-task.ts'
import { listChildren, renameParent } from './children.ts'
import { taskCreator } from './create-task.ts'
import { filterNumbers, findTasksByNumber } from './find-by-number.ts'
import { findDetailed } from './find-detailed.ts'
import { listTasks, taskFinder } from './find-tasks.ts'
import { replayFinder, taskInserter } from './insert-tasks.ts'
import { listOverdueLeases, listSilent } from './late-tasks.ts'
import { filterRuns, listExpired, listQueued, listRunning } from './live-tasks.ts'
import { makePrivate } from './make-private.ts'
import { listPassing, pageTasks } from './page-tasks.ts'
import { outcomeRecorder } from './record-outcomes.ts'
import { taskColumns, taskOf } from './task-row.ts'
import { guarded, taskUpdater } from './update-task.ts'

export const createTaskStore = (db: Db, queueIds: QueueIds): TaskStore => ({
  insertTasks: taskInserter(db, queueIds),
  findReplays: replayFinder(db),
  recordOutcomes: outcomeRecorder(db),
  updateTask: taskUpdater(db, queueIds),

  createTask: taskCreator(db),
  changeTask: taskChanger(db),
  makePrivate: (company, id) => makePrivate(db, company, id),
  listChildren: (company, parent) => listChildren(db, company, parent),
  renameParent: (company, parent, to) => renameParent(db, company, parent, to),

  searchTasks: taskSearcher(db),
  listTaskTypes: (company, projects) => listTaskTypes(db, company, projects),

  findTask: taskFinder(db),
  findTasksByNumber: (company, numbers) => findTasksByNumber(db, company, numbers),
  filterNumbers: (company, numbers) => filterNumbers(db, company, numbers),
  findDetailed: (company, ids, scope) => findDetailed(db, company, ids, scope),
  listTasks: (company, query) => listTasks(db, company, query),
  pageTasks: (company, query) => pageTasks(db, company, query),

  listQueued: (options) => listQueued(db, options),
  listRunning: (options) => listRunning(db, options),
  listExpired: (limit) => listExpired(db, limit),
  listPassing: (options) => listPassing(db, options),
  listSilent: (olderThanMs, limit) => listSilent(db, olderThanMs, limit),
  listOverdueLeases: (limit) => listOverdueLeases(db, limit),
  filterRuns: (runs, statuses) => filterRuns(db, runs, statuses),

  /** Its idempotency key stays: a repeat of the request is still no new task. */
  async deleteTask(company, id, guard, dropFiles = []) {
    if (!isId(id)) return null
    const row = await db.transaction().execute(async (transaction) => {
      const deleted = await transaction
        .deleteFrom('tasks')
        .where(guarded(company, id, guard))
        .returning(taskColumns)
        .executeTakeFirst()
      if (deleted) await noteUnneeded(transaction, company, dropFiles)
      return deleted
    })
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
