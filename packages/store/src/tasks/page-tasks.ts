import { liveStatuses } from '@inferq/contracts'
import type { Task, TaskPageQuery, TaskStore } from '@inferq/domain'
import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { idOf } from '../sql-text.ts'
import { longAgo } from './live-tasks.ts'
import { taskColumns, taskOf } from './task-row.ts'

/** Page and count are read off `tasks_media` where those are the jobs, and the tag is the one that it leaves out. */
export async function pageTasks(
  db: Db,
  company: string,
  { jobs, statuses, withoutTag, createdAfter, createdBefore, offset, limit }: TaskPageQuery,
): Promise<{ tasks: Task[]; total: number }> {
  if (jobs.length === 0 || statuses?.length === 0) return { tasks: [], total: 0 }
  let found = db
    .selectFrom('tasks')
    .where('company', '=', company)
    .where('created_at', '>', createdAfter)
    // Written out, as below, so that a partial index can be chosen whatever the driver does with parameters.
    .where('job', 'in', jobs.map(literal))
    .where(sql<boolean>`not ${hasTag(withoutTag)}`)
  if (createdBefore) found = found.where('created_at', '<', createdBefore)
  if (statuses) found = found.where('status', 'in', statuses)
  // Of those that are skipped nothing is read but the index.
  const onPage = found.select('id').orderBy('created_at', 'desc').orderBy('id', 'desc').offset(offset).limit(limit)
  const page = db
    .selectFrom('tasks')
    .select(taskColumns)
    .where('id', 'in', onPage)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
  const [rows, { total }] = await Promise.all([
    page.execute(),
    found.select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow(),
  ])
  return { tasks: rows.map(taskOf), total }
}

/** Read off `tasks_passing` where that is the tag. */
export async function listPassing(
  db: Db,
  { tag, olderThanMs, limit }: Parameters<TaskStore['listPassing']>[0],
): Promise<Pick<Task, 'id' | 'company'>[]> {
  const rows = await db
    .selectFrom('tasks')
    .select(['id', 'company'])
    .where(hasTag(tag))
    .where('created_at', '<=', longAgo(olderThanMs))
    .where('status', 'not in', [...liveStatuses, 'published', 'publishing'])
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(({ id, company }) => ({ id: idOf(id), company }))
}

const literal = (text: string) => sql.lit(text)
const hasTag = (tag: string) => sql<boolean>`tags @> array[${sql.lit(tag)}]::text[]`
