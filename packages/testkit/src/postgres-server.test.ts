import { describe, expect, it } from 'vitest'
import { freshDatabase } from './fresh-database.ts'
import { withClient } from './postgres-client.ts'
import { hasPostgresPrograms, startPostgres } from './postgres-server.ts'
import { postgresAvailable } from './shared-servers.ts'

const count = (url: string, table: string) =>
  withClient(url, async (client) => Number((await client.query(`select count(*) as n from ${table}`)).rows[0].n))

describe.skipIf(!hasPostgresPrograms())('a Postgres server of one’s own', () => {
  it('keeps what is committed through a kill and a restart', async () => {
    await using server = await startPostgres()
    const url = await server.createDatabase('mine')
    await withClient(url, (client) => client.query('create table t as select 1 as n'))
    await server.kill()
    await server.restart()
    expect(await count(url, 't')).toBe(1)
  })
})

describe.skipIf(!postgresAvailable())('a fresh database', () => {
  it('is a copy of a template that is migrated once, even when many ask at the same time', async () => {
    let migrations = 0
    const migrate = async (url: string) => {
      migrations++
      await withClient(url, (client) => client.query('create table t (n int)'))
    }
    const databases = await Promise.all([1, 2, 3, 4].map(() => freshDatabase(migrate, 'testkit')))
    expect(migrations).toBe(1)
    const [first, second] = databases.map(({ url }) => url) as [string, string]
    await withClient(first, (client) => client.query('insert into t values (1)'))
    expect([await count(first, 't'), await count(second, 't')]).toEqual([1, 0])
    await Promise.all(databases.map((database) => database.drop()))
  })

  it('has no half-made template to copy after a failed migration', async () => {
    const failing = freshDatabase(() => Promise.reject(new Error('no such column')), 'testkit_retry')
    await expect(failing).rejects.toThrow('no such column')
    await using database = await freshDatabase(
      (url) => withClient(url, (client) => client.query('create table t (n int)')),
      'testkit_retry',
    )
    expect(await count(database.url, 't')).toBe(0)
  })
})
