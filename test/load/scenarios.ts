import { until } from '@inferq/testkit'
import { Client } from 'pg'
import { type Inferq, secretKey } from '../lib/inferq.ts'
import { postAll } from './http-load.ts'

/** Many connections that hand in echo tasks. */
const request = (inferq: Inferq) => ({
  port: Number(new URL(inferq.url).port),
  connections: 128,
  path: '/v1/tasks',
  expected: 201,
  headers: { 'x-api-key': secretKey },
  body: (n: number) => `{"job":"echo","input":{"n":${n}}}`,
})

/** Seconds from the first request until the last outcome is in the record. */
export async function endToEnd(inferq: Inferq, total: number): Promise<number> {
  const record = await openRecord(inferq)
  try {
    const before = await record.completed()
    const startedAt = performance.now()
    await postAll({ ...request(inferq), total })
    await until(async () => (await record.completed()) - before === total, {
      what: 'every outcome to be recorded',
      timeoutMs: 120_000,
      intervalMs: 10,
    })
    return (performance.now() - startedAt) / 1_000
  } finally {
    await record.close()
  }
}

/** Seconds until all requests are answered; nobody works on the tasks. */
export async function submitOnly(inferq: Inferq, total: number): Promise<number> {
  const load = { ...request(inferq), body: (n: number) => `{"job":"echo","input":{"n":${n}},"queue":"unwatched"}` }
  await postAll({ ...load, total: Math.ceil(total / 10) })
  return (await postAll({ ...load, total })).seconds
}

/** From handing in one task to its recorded result, one after the other on an idle system. */
export async function idleLatencies(inferq: Inferq, total: number): Promise<number[]> {
  const latenciesMs: number[] = []
  for (let n = 0; n < total; n++) {
    const startedAt = performance.now()
    const task = await inferq.client.submit({ job: 'echo', input: { n } }, { wait: 10 })
    if (task.status !== 'completed') throw new Error(`task ${task.id} is ${task.status}`)
    latenciesMs.push(performance.now() - startedAt)
  }
  return latenciesMs
}

async function openRecord({ database }: Inferq) {
  if (!database) throw new Error('the bench needs a real Postgres')
  const client = new Client(database.url)
  await client.connect()
  return {
    async completed(): Promise<number> {
      const { rows } = await client.query(`select count(*)::int as count from tasks where status = 'completed'`)
      return rows[0].count
    },
    close: () => client.end(),
  }
}
