import type { Condition } from '@inferq/domain'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { allTests, anyTest } from '../search/fields/field.ts'
import { knownJobs } from '../search/known-jobs.ts'
import { readPatterns } from '../search/read-patterns.ts'
import { taskLanguage } from '../search/task-language.ts'
import { whereSql } from '../search/where.ts'
import type { Db } from '../server/server.ts'
import { isId } from '../sql-text.ts'
import { readUsers } from './user-row.ts'

/** Asked for each user, of whom there are few: one task of theirs is found at once, all tasks would be read for long. */
export async function listActiveUsers(
  db: Db,
  company: string,
  projects: readonly string[] | null,
): Promise<readonly string[]> {
  const users = await readUsers(db, (users) => users.where('users.company', '=', company))
  if (users.length === 0) return []
  const hasTask = await taskTest(
    db,
    company,
    users.map(({ id }) => id),
  )
  const active = users.map(({ id }) => {
    const made = (table: 'projects' | 'models') => sql<SqlBool>`${sql.ref(`${table}.user_id`)} = ${id}`
    const isActive = anyTest([
      exists('projects', company, projects, made('projects')),
      exists('models', company, projects, made('models')),
      exists('tasks', company, projects, hasTask(id)),
    ])
    return sql`select ${id}::text as id where ${isActive}`
  })
  const { rows } = await sql<{ id: string }>`${sql.join(active, sql` union all `)}`.execute(db)
  return rows.map(({ id }) => id)
}

/** What a task of a user's fits. */
async function taskTest(db: Db, company: string, users: readonly string[]) {
  const theirs = (values: readonly string[]): Condition => ({ kind: 'any_of', field: ['user'], values })
  const { patternOf } = readPatterns(null)
  const search = { company, publicToo: false, where: theirs(users), order: [], offset: 0, limit: 0 }
  const language = taskLanguage([company], await knownJobs(db, search, patternOf), null)
  return (user: string) => whereSql(theirs([user]), language, patternOf)
}

function exists(
  table: 'projects' | 'models' | 'tasks',
  company: string,
  projects: readonly string[] | null,
  fits: RawBuilder<SqlBool>,
) {
  const project = sql.ref(table === 'projects' ? 'projects.id' : `${table}.project`)
  const isThere = projects ? [sql<SqlBool>`${project} = any(${projects.filter(isId)}::uuid[])`] : []
  const isOwn = sql<SqlBool>`${sql.ref(`${table}.company`)} = ${company}`
  return sql<SqlBool>`exists (select from ${sql.table(table)} where ${allTests([isOwn, ...isThere, fits])})`
}
