import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { DomainError } from '@inferq/domain'
import { Kysely, PGliteDialect, sql } from 'kysely'
import type { Tables } from '../tables.ts'
import { holdFolder } from './hold-folder.ts'
import type { Server } from './server.ts'

/** Postgres inside this process, with its data in `<dataDir>/postgres`; `in-memory` keeps it nowhere. */
export async function openPglite(dataDir: string): Promise<Server> {
  const hold = dataDir === 'in-memory' ? { folder: 'memory://', release: () => {} } : await holdData(dataDir)
  const pglite = await PGlite.create(hold.folder, { startParams, extensions: { pg_trgm } }).catch((cause) => {
    hold.release()
    throw new DomainError('STORE_UNREACHABLE', 'the embedded database could not be opened', { cause })
  })
  // Its one connection is lent to one at a time by Kysely, for a whole transaction where there is one.
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) })
  return {
    db,
    inTransaction: async (work) => {
      await pglite.transaction((transaction) =>
        work({
          query: async <Row>(text: string, parameters: readonly unknown[] = []) =>
            (await transaction.query<Row>(text, [...parameters])).rows,
          script: async (text) => void (await transaction.exec(text)),
        }),
      )
    },
    ping: async () => void (await sql`select 1`.execute(db)),
    close: async () => {
      await db.destroy()
      // Kysely leaves a database open that it never used.
      if (!pglite.closed) await pglite.close()
      hold.release()
    },
  }
}

async function holdData(dataDir: string) {
  const folder = join(dataDir, 'postgres')
  await mkdir(dataDir, { recursive: true })
  return { folder, release: await holdFolder(folder) }
}

/**
 * It comes with syncing switched off. Its file system knows no fsync, but it does open files for synchronous writing,
 * so this is the way in which a commit is on disk before it is answered.
 */
const startParams = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  ...['-c', 'fsync=on', '-c', 'wal_sync_method=open_datasync'],
]
