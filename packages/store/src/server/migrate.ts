import { readdir, readFile } from 'node:fs/promises'
import { DomainError } from '@inferq/domain'
import type { ScriptSession, Server } from './server.ts'

const folder = new URL('../../migrations/', import.meta.url)
/** Any number: all processes that migrate one database must use the same. */
const migrationLock = 730_020

/**
 * Applies what is missing, all in one transaction: a release is either in or not. Of several processes one applies;
 * the others wait for it and find nothing left to do.
 */
export async function migrate(server: Server): Promise<void> {
  const migrations = await readMigrations()
  await server.inTransaction(async (session) => {
    await session.query('select pg_advisory_xact_lock($1)', [migrationLock])
    const applied = await appliedVersion(session)
    const newest = migrations.at(-1)?.version ?? 0
    if (applied > newest) {
      throw new DomainError(
        'INTERNAL',
        `the database is at migration ${applied} and this release knows none after ${newest}: start a newer release`,
      )
    }
    for (const { version, name, url } of migrations.filter(({ version }) => version > applied)) {
      await session.script(await readFile(url, 'utf8'))
      await session.query('insert into schema_migrations (version, name) values ($1, $2)', [version, name])
    }
  })
}

async function appliedVersion(session: ScriptSession): Promise<number> {
  await session.script(
    `create table if not exists schema_migrations (
       version integer primary key,
       name text not null,
       applied_at timestamptz(3) not null default now()
     )`,
  )
  const [row] = await session.query<{ version: number | null }>('select max(version) as version from schema_migrations')
  return row?.version ?? 0
}

async function readMigrations() {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-.*\.sql$/.test(name)).sort()
  return names.map((name) => ({ version: Number(name.slice(0, 4)), name, url: new URL(name, folder) }))
}
