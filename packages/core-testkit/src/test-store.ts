import { openStore, type Store } from '@inferq/store'
import { freshDatabase, postgresAvailable } from '@inferq/testkit'

/** An empty record of one's own: on the server that tests share, or embedded where there is none. */
export async function openTestStore(): Promise<Store> {
  const store = postgresAvailable()
    ? await openStore({ databaseUrl: (await freshDatabase(migrateDatabase)).url, maxConnections: 4 })
    : await openStore({ dataDir: 'in-memory' })
  await store.migrate()
  return store
}

/** For `freshDatabase`, which copies a database that was migrated once. */
export async function migrateDatabase(databaseUrl: string): Promise<void> {
  const store = await openStore({ databaseUrl })
  await store.migrate()
  await store.close()
}
