import { createDatabase } from './postgres-client.ts'
import type { PostgresServer } from './postgres-server.ts'

/** The same in a container, for machines with a Docker engine and no Postgres; chosen by `INFERQ_TEST_CONTAINERS=1`. */
export async function startPostgresContainer(image = 'postgres:16'): Promise<PostgresServer> {
  // Loaded on demand: it is large, and most runs use local programs.
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql')
  const container = await new PostgreSqlContainer(image).withDatabase('postgres').withUsername('postgres').start()
  const url = container.getConnectionUri()
  const stop = async () => void (await container.stop())
  return {
    url,
    createDatabase: (name, template) => createDatabase(url, name, template),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}
