import type { User } from '@inferq/domain'
import type { Selection } from 'kysely'
import type { Db } from '../server/server.ts'
import type { Tables } from '../tables.ts'

const columns = [
  'users.id',
  'users.company',
  'companies.name as company_name',
  'users.name',
  'users.role',
  'users.email',
  'users.given_name',
  'users.family_name',
  'users.avatar',
  'users.created_at',
] as const

export const usersWithCompany = (db: Db) =>
  db.selectFrom('users').innerJoin('companies', 'companies.id', 'users.company').select(columns)
type Users = ReturnType<typeof usersWithCompany>

/** In the order in which they were made. */
export async function readUsers(db: Db, only: (users: Users) => Users): Promise<User[]> {
  const rows = await only(usersWithCompany(db)).orderBy('users.created_at').orderBy('users.id').execute()
  return rows.map(userOf)
}

type Row = Selection<Tables, 'users' | 'companies', (typeof columns)[number]>

export const userOf = (row: Row): User => ({
  id: row.id,
  company: row.company,
  companyName: row.company_name,
  name: row.name,
  role: row.role,
  email: row.email,
  givenName: row.given_name,
  familyName: row.family_name,
  avatar: row.avatar,
  createdAt: row.created_at,
})
