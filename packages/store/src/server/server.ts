import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

export type Db = Kysely<Tables>

/** One connection in one transaction, for scripts of several statements, which Kysely does not send. */
export interface ScriptSession {
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>
  script(sql: string): Promise<void>
}

/** What stands behind the store: a Postgres server or the embedded one. The same SQL for both. */
export interface Server {
  readonly db: Db
  inTransaction(work: (session: ScriptSession) => Promise<void>): Promise<void>
  ping(): Promise<void>
  close(): Promise<void>
}
