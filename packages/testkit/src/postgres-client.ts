import { Client } from 'pg'

/** One connection for one errand. */
export async function withClient<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  // A server that is killed under an open connection also emits; without this, that would end the process.
  client.on('error', () => {})
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

/** A new empty database on that server, or a copy of the template; answers its URL. */
export async function createDatabase(serverUrl: string, name: string, template?: string): Promise<string> {
  const from = template === undefined ? '' : ` template "${template}"`
  await withClient(serverUrl, (client) => client.query(`create database "${name}"${from}`))
  return urlOfDatabase(serverUrl, name)
}

export const urlOfDatabase = (serverUrl: string, name: string): string =>
  Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href
