import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { isId } from '../sql-text.ts'

/** What `tasks_types` has: all rows but those of native tasks that are of the usual type and in no project. */
const isIndexed = sql`(type <> 'inference' or job is null or project is not null)`

/**
 * From one type's entries in the index to the next one's, whatever lies between.
 */
export async function listTaskTypes(
  db: Db,
  company: string,
  projects: readonly string[] | null,
): Promise<readonly string[]> {
  const inProjects = projects && sql`and project = any(${projects.filter(isId)}::uuid[])`
  const { rows } = await sql<{ type: string }>`
    with recursive companies as (select unnest(array[${company}::text, '']) as company),
    types as (
      select company, (${nextType(sql`''`)}) as type from companies
      union all
      select company, (${nextType(sql`companies.type`)}) from types as companies where type is not null
    )
    select distinct type from types where type is not null and ${existsOfType(inProjects)}
    ${inProjects ? sql`` : sql`union select 'inference' from companies where ${hasUsualNativeTask}`}
    order by type
  `.execute(db)
  return rows.map(({ type }) => type)
}

const nextType = (after: RawBuilder<unknown>) => sql`
  select tasks.type from tasks
  where tasks.company = companies.company and ${isIndexed} and tasks.type > ${after}
  order by tasks.type limit 1`

const existsOfType = (inProjects: RawBuilder<unknown> | null) =>
  inProjects === null
    ? sql`true`
    : sql`exists (
        select from tasks where tasks.company = types.company and ${isIndexed} and tasks.type = types.type ${inProjects}
      )`

/** Ordered, so that it is read off the index of jobs, where the first one is most likely to do. */
const hasUsualNativeTask = sql`exists (
  select from (
    select from tasks where tasks.company = companies.company and job is not null and tasks.type = 'inference'
    order by job limit 1
  ) as found
)`
