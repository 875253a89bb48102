import type { DetailedTask } from '@inferq/domain'
import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { inOrder, isId } from '../sql-text.ts'
import { detailedColumns, detailedTaskOf } from './detailed-row.ts'

export async function findDetailed(
  db: Db,
  company: string,
  ids: readonly string[],
  scope: 'own' | 'visible',
): Promise<DetailedTask[]> {
  const wanted = ids.filter(isId)
  if (wanted.length === 0) return []
  const rows = await db
    .selectFrom('tasks')
    .select(detailedColumns)
    .where(sql<boolean>`tasks.id = any(${wanted}::uuid[])`)
    .where('company', 'in', scope === 'own' ? [company] : [company, ''])
    .execute()
  return inOrder(wanted, rows.map(detailedTaskOf))
}
