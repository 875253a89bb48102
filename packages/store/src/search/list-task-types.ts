import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { isId } from '../sql-text.ts'
import { isInMotion, isSettled } from './fields/motion.ts'

/** What `tasks_types` has: all rows but those of native tasks that are of the usual type and in no project. */
const isIndexed = sql`(tasks.type <> 'inference' or tasks.job is null or tasks.project is not null)`

/** From one type's entries in the index to the next one's, whatever lies between; then whether one is visible. */
export async function listTaskTypes(
  db: Db,
  company: string,
  projects: readonly string[] | null,
): Promise<readonly string[]> {
  const inProjects = projects ? sql`and tasks.project = any(${projects.filter(isId)}::uuid[])` : sql``
  const { rows } = await sql<{ type: string }>`
    with recursive companies as (select unnest(array[${company}::text, '']) as company),
    types as (
      (select type from tasks where ${isIndexed} order by type limit 1)
      union all
      select (
        select tasks.type from tasks where tasks.type > types.type and ${isIndexed} order by tasks.type limit 1
      ) from types where types.type is not null
    )
    select type from types where exists (
      select from tasks, companies
      where tasks.company = companies.company and tasks.type = types.type and ${isIndexed} ${inProjects}
    )
    ${projects ? sql`` : sql`union select 'inference' from companies where ${hasUsualNativeTask}`}
    order by type
  `.execute(db)
  return rows.map(({ type }) => type)
}

const isUsualNative = sql`tasks.company = companies.company and tasks.job is not null and tasks.type = 'inference'`

/** Ordered, so that it is read off the index of jobs, where the first one is most likely to do. */
const hasUsualNativeTask = sql`(
  exists (select from (select from tasks where ${isUsualNative} and ${isSettled} order by job limit 1) as found)
  or exists (select from tasks where ${isUsualNative} and ${isInMotion})
)`
