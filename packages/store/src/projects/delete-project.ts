import type { ProjectStore } from '@inferq/domain'
import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { isId } from '../sql-text.ts'
import { lockProjects } from './project-paths.ts'
import { withDescendants } from './project-tree.ts'

type Deletion = Awaited<ReturnType<ProjectStore['deleteProject']>>

/** So many rows are changed within the time that a statement may take, on a slow disk too. */
const tasksPerStatement = 10_000

export async function deleteProject(
  db: Db,
  company: string,
  id: string,
  { force }: { force: boolean },
): Promise<Deletion> {
  if (!isId(id)) return null
  return db.transaction().execute(async (transaction) => {
    await lockProjects(transaction, company)
    const own = transaction.selectFrom('projects').select('id').where('company', '=', company).where('id', '=', id)
    if (!(await own.executeTakeFirst())) return null
    const ids = await withDescendants(transaction, company, [id])
    // Whoever puts a task or model into one of them from here on waits, and then learns that it is gone.
    await transaction.selectFrom('projects').select('id').where('id', 'in', ids).orderBy('id').forUpdate().execute()
    if (!force && (await isUsed(transaction, ids))) return { kind: 'in_use' }
    const disassociatedTasks = await releaseTasks(transaction, ids)
    await transaction.deleteFrom('projects').where('id', 'in', ids).execute()
    return { kind: 'deleted', projects: ids.length, disassociatedTasks }
  })
}

async function isUsed(transaction: Db, ids: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`
    select exists (
      select from tasks where project = any(${ids}::uuid[]) and not system_tags @> '{archived}'
    ) or exists (
      select from models where project = any(${ids}::uuid[]) and not system_tags @> '{archived}'
    ) as used`.execute(transaction)
  return rows[0]?.used === true
}

async function releaseTasks(transaction: Db, ids: readonly string[]): Promise<number> {
  let released = 0
  for (;;) {
    // In the order of the ids, as everyone locks tasks, so that nobody waits in a circle.
    const { numAffectedRows } = await sql`
      update tasks set project = null from (
        select id from tasks where project = any(${ids}::uuid[]) order by id limit ${sql.lit(tasksPerStatement)}
        for no key update
      ) leaving where tasks.id = leaving.id`.execute(transaction)
    const count = Number(numAffectedRows ?? 0)
    released += count
    if (count < tasksPerStatement) return released
  }
}
