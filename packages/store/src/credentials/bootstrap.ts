import { randomUUID } from 'node:crypto'
import { defaultCompanyId } from '@inferq/contracts'
import type { CredentialStore } from '@inferq/domain'
import { sql } from 'kysely'
import { ensureDefaultQueue } from '../queues/default-queue.ts'
import type { Db } from '../server/server.ts'
import { idOf } from '../sql-text.ts'
import { hashOfSecret, makeAccessKey, makeSecretKey } from './keys.ts'

type Given = Parameters<CredentialStore['bootstrap']>[0]

const userName = 'admin'
const credentialName = 'first credential'
/** Any number: all processes that bootstrap one database must use the same. */
const bootstrapLock = 730_023

/**
 * Makes what a new server needs before anyone can ask it anything. A pair of keys that the operator gives works
 * afterwards in any case, also on a database that has credentials: whoever automates the set-up relies on it.
 */
export async function bootstrap(db: Db, given: Given): Promise<{ accessKey: string; secretKey: string } | null> {
  return db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(bootstrapLock)})`.execute(transaction)
    const user = await ensureUser(transaction)
    await ensureDefaultQueue(transaction, defaultCompanyId)
    const any = await transaction.selectFrom('credentials').select('access_key').limit(1).executeTakeFirst()
    if (any && !(given.accessKey && given.secretKey)) return null
    const pair = { accessKey: given.accessKey ?? makeAccessKey(), secretKey: given.secretKey ?? makeSecretKey() }
    await putCredential(transaction, user, pair)
    return any ? null : pair
  })
}

async function ensureUser(transaction: Db): Promise<string> {
  const company = defaultCompanyId
  await transaction
    .insertInto('companies')
    .values({ id: company, name: 'default' })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await transaction
    .insertInto('users')
    .values({ id: idOf(randomUUID()), company, name: userName, role: 'admin' })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const user = await transaction
    .selectFrom('users')
    .select('id')
    .where('company', '=', company)
    .where('name', '=', userName)
    .executeTakeFirstOrThrow()
  return user.id
}

async function putCredential(transaction: Db, user: string, pair: { accessKey: string; secretKey: string }) {
  const secret_sha256 = hashOfSecret(pair.secretKey)
  // The operator gave the same secret another access key.
  await transaction
    .deleteFrom('credentials')
    .where('secret_sha256', '=', secret_sha256)
    .where('access_key', '<>', pair.accessKey)
    .execute()
  await transaction
    .insertInto('credentials')
    .values({
      access_key: pair.accessKey,
      secret_sha256,
      company: defaultCompanyId,
      user_id: user,
      name: credentialName,
    })
    .onConflict((conflict) => conflict.column('access_key').doUpdateSet({ secret_sha256, revoked_at: null }))
    .execute()
}
