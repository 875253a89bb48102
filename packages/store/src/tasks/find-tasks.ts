import type { TaskId } from '@inferq/contracts'
import type { Task, TaskQuery } from '@inferq/domain'
import { CompiledQuery, sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { isId, storable } from '../sql-text.ts'
import { type TaskRow, taskColumns, taskOf } from './task-row.ts'

/** Compiled once: this is what everyone who polls asks, and compiling would be most of its cost. */
export function taskFinder(db: Db): (company: string, id: TaskId) => Promise<Task | null> {
  const { sql: text } = db
    .selectFrom('tasks')
    .select(taskColumns)
    .where('id', '=', '')
    .where('company', '=', '')
    .compile()
  return async (company, id) => {
    if (!isId(id)) return null
    const { rows } = await db.executeQuery<TaskRow>(CompiledQuery.raw(text, [id, company]))
    return rows[0] ? taskOf(rows[0]) : null
  }
}

/** Newest first. Filters by status have an index; the others are applied on the way through the company's tasks. */
export async function listTasks(db: Db, company: string, query: TaskQuery): Promise<Task[]> {
  const { statuses, queue, job, name, tags, beforeId, limit } = query
  if (statuses?.length === 0) return []
  let select = db.selectFrom('tasks').select(taskColumns).where('company', '=', company)
  if (statuses) select = select.where('status', 'in', statuses)
  if (queue !== undefined) {
    select = select.where('queue_id', '=', (from) =>
      from.selectFrom('queues').select('id').where('company', '=', company).where('name', '=', storable(queue)),
    )
  }
  if (job !== undefined) select = select.where('job', '=', storable(job))
  if (name !== undefined) select = select.where('name', '=', storable(name))
  if (tags && tags.length > 0) select = select.where(sql<boolean>`tasks.tags @> ${tags.map(storable)}::text[]`)
  if (beforeId !== undefined) select = select.where('id', '<', beforeId)
  const rows = await select.orderBy('id', 'desc').limit(limit).execute()
  return rows.map(taskOf)
}
