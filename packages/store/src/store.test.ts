import { freshDatabase, postgresAvailable } from '@inferq/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { credentialsSuite } from './contract/credentials.ts'
import { insertTasksSuite } from './contract/insert-tasks.ts'
import { listTasksSuite } from './contract/list-tasks.ts'
import { recordOutcomesSuite } from './contract/record-outcomes.ts'
import type { Subject } from './contract/subject.ts'
import { updateTaskSuite } from './contract/update-task.ts'
import { createStore, openStore, type Store } from './open-store.ts'
import { migrate } from './server/migrate.ts'
import { openPglite } from './server/pglite.ts'
import { openPostgres } from './server/postgres.ts'
import type { Server } from './server/server.ts'

async function migrateUrl(databaseUrl: string) {
  const store = await openStore({ databaseUrl })
  await store.migrate()
  await store.close()
}

const servers = [
  {
    name: 'Postgres',
    available: postgresAvailable(),
    async open() {
      const database = await freshDatabase(migrateUrl)
      return { server: openPostgres({ databaseUrl: database.url }), drop: database.drop }
    },
  },
  {
    name: 'PGlite',
    available: true,
    open: async () => ({ server: await openPglite('in-memory'), drop: async () => {} }),
  },
]

for (const { name, available, open } of servers) {
  describe.skipIf(!available)(`the store on ${name}`, () => {
    let opened: { server: Server; drop(): Promise<void> }
    let store: Store
    beforeAll(async () => {
      opened = await open()
      await migrate(opened.server)
    })
    afterAll(async () => {
      await opened.server.close()
      await opened.drop()
    })
    beforeEach(async () => {
      const { db } = opened.server
      for (const table of ['tasks', 'idempotency_keys', 'queues', 'credentials', 'users', 'companies'] as const) {
        await db.deleteFrom(table).execute()
      }
      store = createStore(opened.server)
    })
    const subject: Subject = {
      get store() {
        return store
      },
      get db() {
        return opened.server.db
      },
      another: (maxQueuesPerCompany) => createStore(opened.server, maxQueuesPerCompany ? { maxQueuesPerCompany } : {}),
    }

    it('answers a ping, and has nothing left to migrate', async () => {
      await store.ping()
      await store.migrate()
    })

    it('undoes with a failed transaction nothing of what others wrote meanwhile', async () => {
      const { db } = opened.server
      const add = (connection: typeof db, id: string) =>
        connection.insertInto('companies').values({ id, name: id }).execute()
      const failing = db.transaction().execute(async (transaction) => {
        await add(transaction, 'in it')
        await sql`select pg_sleep(0.02)`.execute(transaction)
        throw new Error('undo')
      })
      await Promise.all([expect(failing).rejects.toThrow('undo'), add(db, 'beside it'), add(db, 'beside it too')])
      const rows = await db.selectFrom('companies').select('id').orderBy('id').execute()
      expect(rows.map(({ id }) => id)).toEqual(['beside it', 'beside it too'])
    })

    for (const suite of [insertTasksSuite, recordOutcomesSuite, updateTaskSuite, listTasksSuite, credentialsSuite]) {
      suite(subject)
    }
  })
}
