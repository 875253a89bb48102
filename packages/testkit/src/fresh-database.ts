import { randomBytes } from 'node:crypto'
import { createDatabase, urlOfDatabase, withClient } from './postgres-client.ts'
import { sharedPostgresUrl } from './shared-servers.ts'

export interface FreshDatabase extends AsyncDisposable {
  readonly url: string
  readonly name: string
  /** Ends its connections too; what the run forgets to drop goes with the server. */
  drop(): Promise<void>
}

/** Any number: all test processes of a run must use the same. */
const templateLock = 730_021

/**
 * A database of one's own, copied from a template that `migrate` fills once per run, whichever process comes first.
 * Name another template for another migration.
 */
export async function freshDatabase(
  migrate: (databaseUrl: string) => Promise<unknown>,
  template = 'inferq',
): Promise<FreshDatabase> {
  const serverUrl = sharedPostgresUrl()
  const templateName = `template_${template}`
  await ensureTemplate(serverUrl, templateName, migrate)
  const name = `test_${randomBytes(6).toString('hex')}`
  const url = await createDatabase(serverUrl, name, templateName)
  const drop = async () => {
    await withClient(serverUrl, (client) => client.query(`drop database if exists "${name}" with (force)`))
  }
  return { url, name, drop, [Symbol.asyncDispose]: drop }
}

const ready = new Set<string>()

async function ensureTemplate(
  serverUrl: string,
  name: string,
  migrate: (databaseUrl: string) => Promise<unknown>,
): Promise<void> {
  const key = `${serverUrl} ${name}`
  if (ready.has(key)) return
  await withClient(serverUrl, async (client) => {
    await client.query('select pg_advisory_lock($1)', [templateLock])
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
    if (rowCount === 0) {
      // Under another name until it is whole: a migration that fails must not leave half a template to copy.
      const building = `${name}_building`
      await client.query(`drop database if exists "${building}" with (force)`)
      await client.query(`create database "${building}"`)
      await migrate(urlOfDatabase(serverUrl, building))
      await client.query(`alter database "${building}" rename to "${name}"`)
    }
  })
  ready.add(key)
}
