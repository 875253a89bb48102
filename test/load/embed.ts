import { cpus } from 'node:os'
import { join } from 'node:path'
import { createEngines } from '@inferq/engines'
import { type Inferq, secretKey } from '../lib/inferq.ts'
import { postAll } from './http-load.ts'

const callers = 64
/** What a producer of a search index sends: a page cut into passages. */
const textsPerCall = 32
const wordsPerText = 90
const words =
  'the river runs past old stone houses where people trade bread fish cloth and quiet news every morning'.split(' ')

const textsOf = (call: number): string[] =>
  Array.from({ length: textsPerCall }, (_, text) =>
    Array.from({ length: wordsPerText }, (_, word) => words[(call * 7 + text * 13 + word * 5) % words.length]).join(
      ' ',
    ),
  )

/** Texts per second of the engine by itself, batched, in this process, with every core. */
export async function engineAlone(modelsDir: string, calls: number): Promise<number> {
  const engines = createEngines({
    models: [{ kind: 'onnx', name: 'use-lite-en', source: 'use-lite-en' }],
    modelsDir,
    onnx: { device: 'cpu', intraOpThreads: cpus().length },
  })
  const engine = await engines.text()
  const { signal } = new AbortController()
  await engine.embed(textsOf(0), { signal })
  let next = 0
  const caller = async () => {
    while (next < calls) await engine.embed(textsOf(next++), { signal })
  }
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: callers }, caller))
  const seconds = (performance.now() - startedAt) / 1_000
  await engines.close()
  return (calls * textsPerCall) / seconds
}

/** Texts per second by the way of HTTP, record, queue and worker; every caller waits for its answer. */
export async function throughQueue(inferq: Inferq, calls: number): Promise<number> {
  const load = {
    port: Number(new URL(inferq.url).port),
    connections: callers,
    path: '/v1/tasks',
    headers: { 'x-api-key': secretKey, prefer: 'wait=60' },
    body: (call: number) => JSON.stringify({ job: 'embed.text', input: { texts: textsOf(call) } }),
    // With `Prefer: wait`, 200 means that the task has ended.
    expected: 200,
  }
  await postAll({ ...load, total: 1 })
  const { seconds } = await postAll({ ...load, total: calls })
  const { tasks } = await inferq.client.list({ status: ['failed', 'stopped'], limit: 1 })
  if (tasks[0]) throw new Error(`task ${tasks[0].id} is ${tasks[0].status}: ${tasks[0].error?.message}`)
  return (calls * textsPerCall) / seconds
}

export const modelsDir = join(import.meta.dirname, '../../.inferq/models')
