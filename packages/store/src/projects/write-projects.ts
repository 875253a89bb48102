import { DomainError, type Project, type ProjectChanges } from '@inferq/domain'
import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { isId, storable } from '../sql-text.ts'
import { ensureParent, findByPath, lockProjects, newPath, type Owner } from './project-paths.ts'
import { projectColumns, projectOf } from './project-row.ts'

export async function createProject(
  db: Db,
  owner: Owner,
  project: ProjectChanges & { name: string },
): Promise<Project> {
  const name = newPath(project.name)
  return db.transaction().execute(async (transaction) => {
    await lockProjects(transaction, owner.company)
    if (await findByPath(transaction, owner.company, name)) throw nameTaken(name)
    return insertProject(transaction, owner, { ...project, name })
  })
}

export async function ensureProject(db: Db, owner: Owner, path: string): Promise<Project> {
  const name = newPath(path)
  const found = await findByPath(db, owner.company, name)
  if (found) return found
  return db.transaction().execute(async (transaction) => {
    await lockProjects(transaction, owner.company)
    const madeMeanwhile = await findByPath(transaction, owner.company, name)
    return madeMeanwhile ?? insertProject(transaction, owner, { name })
  })
}

export async function changeProject(
  db: Db,
  company: string,
  id: string,
  { name, ...changes }: ProjectChanges,
): Promise<Project | null> {
  if (!isId(id)) return null
  return db.transaction().execute(async (transaction) => {
    if (name !== undefined) await lockProjects(transaction, company)
    const row = await transaction
      .updateTable('projects')
      .set({ ...columnsOf(changes), updated_at: sql<Date>`now()` })
      .where('company', '=', company)
      .where('id', '=', id)
      .returning(projectColumns)
      .executeTakeFirst()
    if (!row) return null
    return name === undefined ? projectOf(row) : renameProject(transaction, projectOf(row), newPath(name))
  })
}

async function insertProject(transaction: Db, owner: Owner, project: ProjectChanges & { name: string }) {
  const { name, ...others } = project
  const parent = await ensureParent(transaction, owner, name)
  const row = await transaction
    .insertInto('projects')
    .values({ company: owner.company, user_id: owner.user, name, parent, ...columnsOf(others) })
    .returning(projectColumns)
    .executeTakeFirstOrThrow()
  return projectOf(row)
}

async function renameProject(transaction: Db, project: Project, name: string): Promise<Project> {
  const { id, company, user, name: old } = project
  if (name === old) return project
  if (name.startsWith(`${old}/`)) throw new DomainError('REQUEST_INVALID', 'a project cannot be moved below itself')
  if (await findByPath(transaction, company, name)) throw nameTaken(name)
  const parent = await ensureParent(transaction, { company, user }, name)
  await sql`
    update projects set name = ${name}::text || substr(name, length(${old}::text) + 1)
    where company = ${company} and (id = ${id}::uuid or starts_with(name, ${`${old}/`}::text))`.execute(transaction)
  await transaction.updateTable('projects').set({ parent }).where('id', '=', id).execute()
  return { ...project, name, parent }
}

/** An absent change is an absent column. */
const columnsOf = ({ description, tags, systemTags, defaultOutputDestination }: Omit<ProjectChanges, 'name'>) => ({
  ...(description === undefined ? {} : { description: storable(description) }),
  ...(tags === undefined ? {} : { tags: tags.map(storable) }),
  ...(systemTags === undefined ? {} : { system_tags: systemTags.map(storable) }),
  ...(defaultOutputDestination === undefined
    ? {}
    : { default_output_destination: defaultOutputDestination === null ? null : storable(defaultOutputDestination) }),
})

const nameTaken = (name: string) => new DomainError('NAME_TAKEN', `there is a project "${name}" already`)
