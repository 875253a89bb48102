import { freshDatabase, postgresAvailable } from '@inferq/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { agentsLineSuite } from './contract/agents-line.ts'
import { assetsSuite } from './contract/assets.ts'
import { changeLinesSuite } from './contract/change-lines.ts'
import { changeTaskSuite } from './contract/change-task.ts'
import { credentialsSuite } from './contract/credentials.ts'
import { detailedTasksSuite } from './contract/detailed-tasks.ts'
import { eventsSuite } from './contract/events.ts'
import { fileRecordsSuite } from './contract/file-records.ts'
import { insertTasksSuite } from './contract/insert-tasks.ts'
import { leasesSuite } from './contract/leases.ts'
import { listTasksSuite } from './contract/list-tasks.ts'
import { modelsSuite } from './contract/models.ts'
import { orderTasksSuite } from './contract/order-tasks.ts'
import { pageTasksSuite } from './contract/page-tasks.ts'
import { projectsSuite } from './contract/projects.ts'
import { queuesSuite } from './contract/queues.ts'
import { recognitionSuite } from './contract/recognition.ts'
import { recordOutcomesSuite } from './contract/record-outcomes.ts'
import { samplesSuite } from './contract/samples.ts'
import { searchOthersSuite } from './contract/search-others.ts'
import { searchPatternsSuite } from './contract/search-patterns.ts'
import { searchTasksSuite } from './contract/search-tasks.ts'
import type { Subject } from './contract/subject.ts'
import { tagsSuite } from './contract/tags.ts'
import { tasksByNumberSuite } from './contract/tasks-by-number.ts'
import { updateTaskSuite } from './contract/update-task.ts'
import { usersSuite } from './contract/users.ts'
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

/** Each before what it refers to. */
const tables = [
  'tasks',
  'models',
  'event_streams',
  'log_lines',
  'scalar_series',
  'scalar_chunks',
  'shown_series',
  'shown_events',
  'projects',
  'idempotency_keys',
  'queue_entries',
  'queue_samples',
  'worker_samples',
  'queues',
  'credentials',
  'users',
  'companies',
  'signing_keys',
  'revoked_sessions',
  'file_usage',
  'stored_files',
  'unneeded_files',
  'recognition_specs',
  'recognition_networks',
  'assets',
] as const

const suites = [
  insertTasksSuite,
  recordOutcomesSuite,
  updateTaskSuite,
  listTasksSuite,
  tasksByNumberSuite,
  pageTasksSuite,
  detailedTasksSuite,
  changeTaskSuite,
  changeLinesSuite,
  agentsLineSuite,
  leasesSuite,
  queuesSuite,
  projectsSuite,
  modelsSuite,
  usersSuite,
  credentialsSuite,
  samplesSuite,
  fileRecordsSuite,
  tagsSuite,
  searchTasksSuite,
  orderTasksSuite,
  searchPatternsSuite,
  searchOthersSuite,
  eventsSuite,
  recognitionSuite,
  assetsSuite,
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
      for (const table of tables) await db.deleteFrom(table).execute()
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

    for (const suite of suites) suite(subject)
  })
}
