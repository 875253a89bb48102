import { randomBytes, randomUUID } from 'node:crypto'
import { DomainError, type UserStore } from '@inferq/domain'
import { sql } from 'kysely'
import { ensureDefaultQueue } from '../queues/default-queue.ts'
import { userSearcher } from '../search/search-others.ts'
import type { Db } from '../server/server.ts'
import { idOf, inOrder, storable } from '../sql-text.ts'
import { listActiveUsers } from './active-users.ts'
import { readUsers } from './user-row.ts'

const signingKeyName = 'tokens'

export const createUserStore = (db: Db): UserStore => ({
  ...userReader(db),
  searchUsers: userSearcher(db),
  listActiveUsers: (company, projects) => listActiveUsers(db, company, projects),

  async createCompany(name) {
    const id = idOf(randomUUID())
    await db.transaction().execute(async (transaction) => {
      await transaction
        .insertInto('companies')
        .values({ id, name: storable(name) })
        .execute()
      await ensureDefaultQueue(transaction, id)
    })
    return id
  },

  async createUser({ company, name, role, ...person }) {
    const id = idOf(randomUUID())
    const known = await db.selectFrom('companies').select('id').where('id', '=', storable(company)).executeTakeFirst()
    if (!known) return null
    const made = await db
      .insertInto('users')
      .values({
        id,
        company,
        name: storable(name),
        role,
        email: maybeText(person.email),
        given_name: maybeText(person.givenName),
        family_name: maybeText(person.familyName),
        avatar: maybeText(person.avatar),
      })
      .onConflict((conflict) => conflict.columns(['company', 'name']).doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!made) throw new DomainError('NAME_TAKEN', `there is a user "${name}" already`)
    return userReader(db).findUser(id)
  },

  async signingKey() {
    const find = () => db.selectFrom('signing_keys').select('key').where('name', '=', signingKeyName)
    const present = await find().executeTakeFirst()
    if (present) return new Uint8Array(present.key)
    await db
      .insertInto('signing_keys')
      .values({ name: signingKeyName, key: randomBytes(32) })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    // Not the one just made: another process may have been first.
    const { key } = await find().executeTakeFirstOrThrow()
    return new Uint8Array(key)
  },

  async revokeSession(sessionId, until) {
    await db.deleteFrom('revoked_sessions').where('until', '<', sql<Date>`now()`).execute()
    await db
      .insertInto('revoked_sessions')
      .values({ id: storable(sessionId), until })
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet({ until: sql<Date>`greatest(revoked_sessions.until, excluded.until)` }),
      )
      .execute()
  },

  async isSessionRevoked(sessionId) {
    const row = await db
      .selectFrom('revoked_sessions')
      .select('id')
      .where('id', '=', storable(sessionId))
      .executeTakeFirst()
    return row !== undefined
  },
})

const userReader = (db: Db): Pick<UserStore, 'findUsers' | 'findUser' | 'listUsers'> => ({
  async findUsers(company, ids) {
    if (ids.length === 0) return []
    const users = await readUsers(db, (users) =>
      users.where('users.company', '=', company).where('users.id', 'in', ids.map(storable)),
    )
    return inOrder(ids, users)
  },

  async findUser(id) {
    const [user] = await readUsers(db, (users) => users.where('users.id', '=', storable(id)))
    return user ?? null
  },

  listUsers: (company) => readUsers(db, (users) => users.where('users.company', '=', company)),
})

const maybeText = (text: string | null | undefined) => (text == null ? null : storable(text))
