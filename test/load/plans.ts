import pg from 'pg'

export interface Statement {
  text: string
  values: readonly unknown[]
}

/** Notes what this process sends to any Postgres, from now until it is disposed of. */
export function recordStatements() {
  const { query } = pg.Client.prototype
  let sent: Statement[] = []
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [text, values] = args
    if (typeof text === 'string' && Array.isArray(values)) sent.push({ text, values })
    return (query as (...args: unknown[]) => unknown).apply(this, args)
  } as typeof query
  return {
    async during(work: () => Promise<unknown>): Promise<readonly Statement[]> {
      sent = []
      await work()
      return sent
    },
    [Symbol.dispose]: () => {
      pg.Client.prototype.query = query
    },
  }
}

/** Whether one of these statements reads the whole table, by the plans that Postgres has for them. */
export async function seqScansOf(
  databaseUrl: string,
  statements: readonly Statement[],
  table: string,
): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl, options: '-c jit=off' })
  await client.connect()
  try {
    for (const { text, values } of statements.filter(({ text }) => /^\s*(select|with)\b/i.test(text))) {
      const { rows } = await client.query(`explain ${text}`, [...values])
      if (rows.some((row) => String(row['QUERY PLAN']).includes(`Seq Scan on ${table}`))) return true
    }
    return false
  } finally {
    await client.end()
  }
}
