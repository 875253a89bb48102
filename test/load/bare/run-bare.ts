import { join } from 'node:path'
import { freePort, type ManagedProcess, startNode, until } from '@inferq/testkit'
import { postAll } from '../http-load.ts'

interface Bare {
  redisUrl: string
  total: number
}

const entry = (name: string) => join(import.meta.dirname, name)

/** Seconds from the first add to the last completion: one adding process, one Worker of concurrency 200. */
export async function bareEndToEnd({ redisUrl, total }: Bare): Promise<number> {
  const lines: string[] = []
  const worker = await startNode({
    name: 'bare worker',
    entry: entry('process-jobs.ts'),
    args: [redisUrl, `${total}`, '200'],
    onLine: (line) => lines.push(line),
  })
  await said(lines, 'ready')
  const startedAt = performance.now()
  const adder = await startNode({
    name: 'bare adder',
    entry: entry('add-jobs.ts'),
    args: [redisUrl, `${total}`, '128'],
  })
  await said(lines, 'all done')
  const seconds = (performance.now() - startedAt) / 1_000
  await stopAll(worker, adder)
  return seconds
}

/** Seconds until all requests are answered. */
export async function bareSubmit({ redisUrl, total }: Bare): Promise<number> {
  const lines: string[] = []
  const port = await freePort()
  const server = await startNode({
    name: 'bare fastify',
    entry: entry('serve-adds.ts'),
    args: [redisUrl, `${port}`],
    onLine: (line) => lines.push(line),
  })
  await said(lines, 'ready')
  const request = {
    port,
    connections: 128,
    path: '/jobs',
    expected: 200,
    headers: {},
    body: (n: number) => `{"n":${n}}`,
  }
  await postAll({ ...request, total: Math.ceil(total / 10) })
  const { seconds } = await postAll({ ...request, total })
  await stopAll(server)
  return seconds
}

const said = (lines: string[], line: string) =>
  until(() => lines.includes(line), { what: `"${line}"`, timeoutMs: 120_000, intervalMs: 5 })

const stopAll = (...processes: ManagedProcess[]) => Promise.all(processes.map((process) => process.stop()))
