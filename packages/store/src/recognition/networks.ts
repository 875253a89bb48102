import type { RecognitionNetwork } from '@inferq/domain'
import type { Db } from '../server/server.ts'
import { storable } from '../sql-text.ts'

export async function ensureNetworks(
  db: Db,
  company: string,
  models: readonly string[],
): Promise<readonly RecognitionNetwork[]> {
  const names = models.map(storable)
  const found = await findNetworks(db, company, names)
  // In order: two that add the same ones must not wait for each other. Not tried for all of them: that would use up ids.
  const missing = [...new Set(names)].filter((name) => !found.has(name)).sort()
  if (missing.length === 0) return inOrderOf(names, found)
  await db
    .insertInto('recognition_networks')
    .values(missing.map((name) => ({ company, name })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return inOrderOf(names, await findNetworks(db, company, names))
}

async function findNetworks(db: Db, company: string, names: readonly string[]) {
  if (names.length === 0) return new Map<string, RecognitionNetwork>()
  const rows = await db
    .selectFrom('recognition_networks')
    .select(['id', 'name', 'created_at'])
    .where('company', '=', company)
    .where('name', 'in', names)
    .execute()
  return new Map(rows.map(({ id, name, created_at }) => [name, { id, name, createdAt: created_at }]))
}

const inOrderOf = (names: readonly string[], found: ReadonlyMap<string, RecognitionNetwork>) =>
  names.flatMap((name) => found.get(name) ?? [])
