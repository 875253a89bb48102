import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import type { Tables } from '../tables.ts'
import type { Server } from './server.ts'

export interface PostgresOptions {
  databaseUrl: string
  maxConnections?: number
  /** A statement that runs longer is ended by the server. */
  statementTimeoutMs?: number
  /** A server that has not answered by then is given up; one that can has ended the statement before. */
  answerTimeoutMs?: number
  /** The longest wait for a connection, a free one or a new one. */
  connectTimeoutMs?: number
  /** A connection that nobody was using was lost; the pool replaces it. */
  onConnectionLost?: (cause: Error) => void
}

/** Connects on first use. */
export function openPostgres(options: PostgresOptions): Server {
  const { maxConnections = 10, statementTimeoutMs = 30_000, connectTimeoutMs = 5_000 } = options
  const { answerTimeoutMs = statementTimeoutMs + 5_000 } = options
  const connection = {
    connectionString: options.databaseUrl,
    application_name: 'inferq',
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    // Its compiler costs more than any statement here gains from it.
    options: '-c jit=off',
  }
  const pool = new pg.Pool({
    ...connection,
    Client: DroppingClient,
    max: maxConnections,
    statement_timeout: statementTimeoutMs,
    query_timeout: answerTimeoutMs,
  })
  // Without a listener the loss of an idle connection would end the process.
  pool.on('error', (cause) => options.onConnectionLost?.(cause))
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return {
    db,
    inTransaction: async (work) => {
      // Not from the pool: a migration may take longer than any statement should.
      const client = new pg.Client(connection)
      client.on('error', () => {})
      await client.connect()
      try {
        await client.query('begin')
        await work({
          query: async (text, parameters = []) => (await client.query(text, [...parameters])).rows,
          script: async (text) => void (await client.query(text)),
        })
        await client.query('commit')
      } finally {
        // Ends the transaction too, when it was not committed.
        await client.end()
      }
    },
    ping: async () => void (await sql`select 1`.execute(db)),
    close: async () => {
      await db.destroy()
      // Kysely leaves a pool open that it never used.
      if (!pool.ended) await pool.end()
    },
  }
}

/** Ends itself after a query that got no answer in time: the next user of it would wait behind that query. */
class DroppingClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config)
    // While it is lent out the pool does not listen, and a loss between two statements would end the process.
    this.on('error', () => {})
    const query = this.query.bind(this) as (...args: unknown[]) => unknown
    const dropping = (...args: unknown[]) => {
      const answer = query(...args)
      if (answer instanceof Promise) answer.catch((error) => void (isReadTimeout(error) && this.end()))
      return answer
    }
    this.query = dropping as typeof this.query
  }
}

const isReadTimeout = (error: unknown) => error instanceof Error && error.message === 'Query read timeout'
