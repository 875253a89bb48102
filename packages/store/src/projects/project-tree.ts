import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { idOf, isId } from '../sql-text.ts'

export async function withDescendants(db: Db, company: string, ids: readonly string[]): Promise<string[]> {
  const wanted = ids.filter(isId)
  if (wanted.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    with recursive tree as (
      select id from projects where id = any(${wanted}::uuid[]) and company in (${company}, '')
      union
      select projects.id from projects join tree on projects.parent = tree.id
    )
    select id from tree`.execute(db)
  return [...new Set([...wanted, ...rows.map((row) => idOf(row.id))])]
}
