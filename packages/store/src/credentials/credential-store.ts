import type { Credential, CredentialStore } from '@inferq/domain'
import { type Selectable, sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { storable } from '../sql-text.ts'
import type { Tables } from '../tables.ts'
import { bootstrap } from './bootstrap.ts'
import { hashOfSecret, makeAccessKey, makeSecretKey } from './keys.ts'

const columns = [
  'access_key',
  'company',
  'user_id',
  'name',
  'created_at',
  'revoked_at',
  'last_used_at',
  'last_used_from',
] as const

export const createCredentialStore = (db: Db): CredentialStore => ({
  bootstrap: (options) => bootstrap(db, options),

  async createCredential({ company, user }, name) {
    const secretKey = makeSecretKey()
    const row = await db
      .insertInto('credentials')
      .values({
        access_key: makeAccessKey(),
        secret_sha256: hashOfSecret(secretKey),
        company,
        user_id: user,
        name: storable(name),
      })
      .returning(columns)
      .executeTakeFirstOrThrow()
    return { ...credentialOf(row), secretKey }
  },

  async listCredentials(company) {
    const rows = await db
      .selectFrom('credentials')
      .select(columns)
      .where('company', '=', company)
      .orderBy('created_at')
      .orderBy('access_key')
      .execute()
    return rows.map(credentialOf)
  },

  async revokeCredential(company, accessKey) {
    const row = await db
      .updateTable('credentials')
      .set({ revoked_at: sql<Date>`now()` })
      .where('company', '=', company)
      .where('access_key', '=', storable(accessKey))
      .where('revoked_at', 'is', null)
      .returning(columns)
      .executeTakeFirst()
    return row ? credentialOf(row) : null
  },

  async renameCredential(company, accessKey, name) {
    const row = await db
      .updateTable('credentials')
      .set({ name: storable(name) })
      .where('company', '=', company)
      .where('access_key', '=', storable(accessKey))
      .where('revoked_at', 'is', null)
      .returning(columns)
      .executeTakeFirst()
    return row ? credentialOf(row) : null
  },

  async findBySecret(secretKey) {
    const row = await db
      .selectFrom('credentials')
      .select(columns)
      .where('secret_sha256', '=', hashOfSecret(secretKey))
      .where('revoked_at', 'is', null)
      .executeTakeFirst()
    return row ? credentialOf(row) : null
  },

  async findByKeys(accessKey, secretKey) {
    const row = await db
      .selectFrom('credentials')
      .select(columns)
      .where('access_key', '=', storable(accessKey))
      .where('secret_sha256', '=', hashOfSecret(secretKey))
      .where('revoked_at', 'is', null)
      .executeTakeFirst()
    return row ? credentialOf(row) : null
  },

  async findByAccessKey(accessKey) {
    const row = await db
      .selectFrom('credentials')
      .select(columns)
      .where('access_key', '=', storable(accessKey))
      .where('revoked_at', 'is', null)
      .executeTakeFirst()
    return row ? credentialOf(row) : null
  },

  async noteUse(accessKey, from) {
    await db
      .updateTable('credentials')
      .set({ last_used_at: sql<Date>`now()`, last_used_from: storable(from) })
      .where('access_key', '=', storable(accessKey))
      .execute()
  },
})

type CredentialRow = Pick<Selectable<Tables['credentials']>, (typeof columns)[number]>

const credentialOf = (row: CredentialRow): Credential => ({
  accessKey: row.access_key,
  company: row.company,
  user: row.user_id,
  name: row.name,
  createdAt: row.created_at,
  revokedAt: row.revoked_at,
  lastUsedAt: row.last_used_at,
  lastUsedFrom: row.last_used_from,
})
