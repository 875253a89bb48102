import { freshDatabase, postgresAvailable, until } from '@inferq/testkit'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { company, draft, insertOne, patch, succeeded, taskIn } from '../contract/subject.ts'
import { createStore, openStore } from '../open-store.ts'
import { openPostgres } from './postgres.ts'
import type { Server } from './server.ts'

const cutOthers = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()`

async function connections(server: Server): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from pg_stat_activity where datname = current_database()`.execute(server.db)
  return rows[0]?.count ?? 0
}

const emptyDatabase = () => freshDatabase(async () => {}, 'store_empty')

describe.skipIf(!postgresAvailable())('a store on a Postgres server', () => {
  it('is migrated once by any number of processes that start at the same time', async () => {
    await using database = await emptyDatabase()
    const stores = await Promise.all(Array.from({ length: 4 }, () => openStore({ databaseUrl: database.url })))
    await Promise.all(stores.map((store) => store.migrate()))
    for (const store of stores) await insertOne(store)
    await Promise.all(stores.map((store) => store.close()))
  })

  it('refuses a database that a newer release has migrated', async () => {
    await using database = await emptyDatabase()
    const server = openPostgres({ databaseUrl: database.url })
    const store = createStore(server)
    await store.migrate()
    await server.inTransaction(async ({ query }) => {
      await query('insert into schema_migrations (version, name) values ($1, $2)', [9_999, 'from the future'])
    })
    await expect(store.migrate()).rejects.toThrow(/database is at migration 9999 .* start a newer release/)
    await store.close()
  })

  it('records each of many overlapping batches of several recorders once, and none of them deadlocks', async () => {
    await using database = await emptyDatabase()
    const stores = await Promise.all(Array.from({ length: 3 }, () => openStore({ databaseUrl: database.url })))
    const [store] = stores
    if (!store) throw new Error('three were opened')
    await store.migrate()
    const tasks = (await store.tasks.insertTasks(Array.from({ length: 100 }, () => draft()))).map(taskIn)
    for (const make of [patch, succeeded]) {
      const batches = Array.from({ length: 12 }, (_, place) => {
        const order = place % 2 ? tasks : tasks.toReversed()
        return stores[place % 3]?.tasks.recordOutcomes(order.map((task) => make(task)))
      })
      const recorded = (await Promise.all(batches)).flatMap((batch) => batch ?? [])
      expect(recorded).toHaveLength(100)
    }
    const found = await store.tasks.listTasks(company, { limit: 200 })
    expect(found.map(({ events }) => events.length)).toEqual(Array(100).fill(3))
    await Promise.all(stores.map((store) => store.close()))
  })

  it('fails a transaction whose connection was cut between two statements, and goes on', async () => {
    await using database = await emptyDatabase()
    const server = openPostgres({ databaseUrl: database.url })
    const other = openPostgres({ databaseUrl: database.url })
    const cut = server.db.transaction().execute(async (transaction) => {
      await sql`select 1`.execute(transaction)
      await other.inTransaction(async ({ query }) => void (await query(cutOthers)))
      await until(async () => (await connections(other)) === 1, { what: 'the connection to be gone' })
      await sql`select 1`.execute(transaction)
    })
    await expect(cut).rejects.toThrow()
    await server.ping()
    await Promise.all([server.close(), other.close()])
  })

  it('goes on after its idle connections were cut', async () => {
    await using database = await emptyDatabase()
    const lost: Error[] = []
    const store = await openStore({ databaseUrl: database.url, onConnectionLost: (cause) => lost.push(cause) })
    await store.migrate()
    await store.ping()
    const other = openPostgres({ databaseUrl: database.url })
    await other.inTransaction(async ({ query }) => void (await query(cutOthers)))
    await other.close()
    await until(() => lost.length > 0, { what: 'the loss to be told' })
    await store.ping()
    await store.close()
  })
})

describe.skipIf(!postgresAvailable())('a connection whose query got no answer in time', () => {
  it('is given up, so that the next query does not wait behind that one', async () => {
    await using database = await emptyDatabase()
    const server = openPostgres({ databaseUrl: database.url, maxConnections: 1, answerTimeoutMs: 1_000 })
    const store = createStore(server)
    await expect(sql`select pg_sleep(60)`.execute(server.db)).rejects.toThrow('Query read timeout')
    await store.ping()
    await store.close()
  })
})

describe('a store whose database cannot be reached', () => {
  it('says so, and gives neither address nor driver text to callers', async () => {
    const store = await openStore({ databaseUrl: 'postgres://someone:secret@127.0.0.1:1/none' })
    const calls = [store.ping(), store.migrate(), store.tasks.insertTasks([draft()]), store.queues.listAllQueues()]
    for (const error of await Promise.all(calls.map((call) => call.catch((cause) => cause)))) {
      expect(error).toMatchObject({ code: 'STORE_UNREACHABLE', message: 'the database could not be reached' })
      expect(error.cause).toBeInstanceOf(Error)
    }
    await store.close()
  })
})
