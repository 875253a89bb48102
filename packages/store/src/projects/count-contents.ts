import type { TaskStatus } from '@inferq/contracts'
import type { Condition, ProjectTaskCount } from '@inferq/domain'
import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { idOf, isId } from '../sql-text.ts'
import { askFittingTasks } from './fitting-tasks.ts'

interface TaskCountRow {
  project: string
  status: TaskStatus
  archived: boolean
  count: number
  run_seconds: number
  completed_last_day: number
  last_started_at: Date | null
}

export async function countTasks(
  db: Db,
  company: string,
  projects: readonly string[],
  where: Condition | null,
): Promise<ProjectTaskCount[]> {
  const wanted = projects.filter(isId)
  if (wanted.length === 0) return []
  const { rows } = await askFittingTasks(db, company, where, (db, fits) =>
    sql<TaskCountRow>`
    select project, status, system_tags @> '{archived}' as archived, count(*)::int as count,
      coalesce(sum(extract(epoch from completed_at - started_at)) filter (where completed_at > started_at), 0)::float8
        as run_seconds,
      (count(*) filter (where completed_at > now() - interval '24 hours'))::int as completed_last_day,
      max(started_at) as last_started_at
    from tasks where company = ${company} and project = any(${wanted}::uuid[]) and ${fits}
    group by 1, 2, 3 order by 1, 2, 3`.execute(db),
  )
  return rows.map((row) => ({
    project: idOf(row.project),
    status: row.status,
    archived: row.archived,
    count: row.count,
    runSeconds: row.run_seconds,
    completedLastDay: row.completed_last_day,
    lastStartedAt: row.last_started_at,
  }))
}

export async function countModels(db: Db, company: string, projects: readonly string[]) {
  const { rows } = await sql<{ project: string; archived: boolean; count: number }>`
    select project, system_tags @> '{archived}' as archived, count(*)::int as count
    from models where company = ${company} and project = any(${projects.filter(isId)}::uuid[])
    group by 1, 2 order by 1, 2`.execute(db)
  return rows.map((row) => ({ ...row, project: idOf(row.project) }))
}

export async function listProjectsOfTasks(db: Db, company: string, where: Condition | null): Promise<string[]> {
  const { rows } = await askFittingTasks(db, company, where, (db, fits) =>
    sql<{ project: string }>`
    select distinct project from tasks
    where company = ${company} and project is not null and ${fits} order by 1`.execute(db),
  )
  return rows.map((row) => idOf(row.project))
}
