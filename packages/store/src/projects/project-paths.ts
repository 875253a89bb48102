import { DomainError, type Project, projectPath } from '@inferq/domain'
import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { idOf, storable } from '../sql-text.ts'
import { projectColumns, projectOf } from './project-row.ts'

/** What the index of names holds in any script. */
const longestPath = 500

export interface Owner {
  company: string
  user: string
}

/** The path as it is stored, without needless slashes and spaces. */
export const storedPath = (name: string): string => projectPath(storable(name)).join('/')

/** The same of a project that is to be. */
export function newPath(name: string): string {
  const path = storedPath(name)
  if (path === '') throw new DomainError('REQUEST_INVALID', 'a project name must not be empty')
  if (path.length > longestPath) {
    throw new DomainError('REQUEST_INVALID', `a project name has at most ${longestPath} characters`)
  }
  return path
}

/** Who makes, moves or deletes projects of one company does so one at a time: a parent cannot go while a child comes. */
export async function lockProjects(transaction: Db, company: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${company}, 730024))`.execute(transaction)
}

export async function findByPath(db: Db, company: string, path: string): Promise<Project | null> {
  const row = await db
    .selectFrom('projects')
    .select(projectColumns)
    .where('company', '=', company)
    .where('name', '=', path)
    .executeTakeFirst()
  return row ? projectOf(row) : null
}

/** The id of the project above, made with all above it where there is none. Null: the path has one part. */
export async function ensureParent(transaction: Db, owner: Owner, path: string): Promise<string | null> {
  const slash = path.lastIndexOf('/')
  if (slash < 0) return null
  const name = path.slice(0, slash)
  const found = await findByPath(transaction, owner.company, name)
  if (found) return found.id
  const parent = await ensureParent(transaction, owner, name)
  const { id } = await transaction
    .insertInto('projects')
    .values({ company: owner.company, user_id: owner.user, name, parent })
    .returning('id')
    .executeTakeFirstOrThrow()
  return idOf(id)
}
