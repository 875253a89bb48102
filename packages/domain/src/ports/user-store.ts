import type { Search } from '../search/search.ts'

/** What a caller may do; each dialect says which of its endpoints ask for which. */
export const roles = ['system', 'root', 'admin', 'superuser', 'user', 'annotator', 'guest'] as const
export type Role = (typeof roles)[number]

export interface User {
  id: string
  company: string
  companyName: string
  name: string
  role: Role
  email: string | null
  givenName: string | null
  familyName: string | null
  avatar: string | null
  createdAt: Date
}

export interface UserStore {
  /** Of this company, in the order of the ids; the others are left out. */
  findUsers(company: string, ids: readonly string[]): Promise<readonly User[]>
  findUser(id: string): Promise<User | null>
  listUsers(company: string): Promise<readonly User[]>
  searchUsers(search: Search): Promise<readonly User[]>
  /** Users of this company who made a task, a model or a project: one of these projects or what is in them; null: any. */
  listActiveUsers(company: string, projects: readonly string[] | null): Promise<readonly string[]>
  /** A new tenant with a default queue and nobody in it. Answers its id. */
  createCompany(name: string): Promise<string>
  /** Null: the company is unknown. Rejects with NAME_TAKEN. */
  createUser(
    user: Pick<User, 'company' | 'name' | 'role'> &
      Partial<Pick<User, 'email' | 'givenName' | 'familyName' | 'avatar'>>,
  ): Promise<User | null>
  /** The key with which tokens are signed: made on first use, the same for all api instances. */
  signingKey(): Promise<Uint8Array>
  /** Ends a session until its last token would have ended by itself. */
  revokeSession(sessionId: string, until: Date): Promise<void>
  isSessionRevoked(sessionId: string): Promise<boolean>
}
