import { priorities } from '@inferq/contracts'
import type { TaskStore } from '@inferq/domain'
import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { storable } from '../sql-text.ts'
import { detailColumns } from './changed-columns.ts'
import { detailedColumns, detailedTaskOf } from './detailed-row.ts'
import { missingReference } from './missing-reference.ts'
import { checkProject, checkQueues } from './reference-checks.ts'

export const taskCreator =
  (db: Db): TaskStore['createTask'] =>
  async (task) => {
    checkProject(task.project)
    await checkQueues(db, task.company, [task.queueId])
    const row = await db
      .insertInto('tasks')
      .values({
        ...detailColumns(task),
        id: task.id,
        company: task.company,
        user_id: task.user,
        name: storable(task.name),
        job: task.job === null ? null : storable(task.job),
        status: 'created',
        status_changed_at: null,
        queue_id: task.queueId,
        priority: priorities.usual,
        tags: sql`${task.tags.map(storable)}::text[]`,
        run: 0,
        attempts_allowed: task.attemptsAllowed,
        input: task.input === null ? null : sql`${task.input}::text::json`,
        input_key: task.inputKey,
        worker_reported_at: task.workerReportedAt,
        edited_at: task.editedAt,
        lease_until: task.leaseUntil,
        withdrawn: task.withdrawn,
      })
      .returning(detailedColumns)
      .executeTakeFirstOrThrow()
      .catch((error) => {
        throw missingReference(error)
      })
    return detailedTaskOf(row)
  }
