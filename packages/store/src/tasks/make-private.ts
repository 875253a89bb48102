import type { DetailedTask } from '@inferq/domain'
import type { Db } from '../server/server.ts'
import { isId } from '../sql-text.ts'
import { dbTime } from './changed-columns.ts'
import { detailedColumns, detailedTaskOf } from './detailed-row.ts'

export async function makePrivate(db: Db, company: string, id: string): Promise<DetailedTask | null> {
  if (!isId(id)) return null
  const row = await db
    .updateTable('tasks')
    .set({ company, company_origin: null, edited_at: dbTime })
    .where('id', '=', id)
    .where('company', '=', '')
    .where('company_origin', '=', company)
    .returning(detailedColumns)
    .executeTakeFirst()
  return row ? detailedTaskOf(row) : null
}
