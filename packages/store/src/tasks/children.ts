import type { TaskId, TaskStatus } from '@inferq/contracts'
import type { Db } from '../server/server.ts'
import { idOf, storable } from '../sql-text.ts'

export async function listChildren(
  db: Db,
  company: string,
  parent: string,
): Promise<{ id: TaskId; status: TaskStatus }[]> {
  const rows = await db
    .selectFrom('tasks')
    .select(['id', 'status'])
    .where('parent', '=', storable(parent))
    .where('company', '=', company)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ id: idOf(row.id), status: row.status }))
}

/** Counts as no change of the children: nothing that anyone wrote there is another thing now. */
export async function renameParent(db: Db, company: string, parent: string, to: string): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('tasks')
    .set({ parent: storable(to) })
    .where('parent', '=', storable(parent))
    .where('company', '=', company)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
