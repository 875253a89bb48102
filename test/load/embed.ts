import { cpus } from 'node:os'
import { join } from 'node:path'
import { createEngines } from '@inferq/engines'
import type { Inferq } from '../lib/inferq.ts'

const callers = 64
/** What a producer of a search index sends: a page cut into passages. */
const textsPerCall = 32
const wordsPerText = 60
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
  const rate = await textsPerSecond(calls, (call) => engine.embed(textsOf(call), { signal }))
  await engines.close()
  return rate
}

/** Texts per second by the way of HTTP, record, queue and worker. */
export const throughQueue = (inferq: Inferq, calls: number): Promise<number> =>
  textsPerSecond(calls, async (call) => {
    const task = await inferq.client.submit({ job: 'embed.text', input: { texts: textsOf(call) } }, { wait: 60 })
    if (task.status !== 'completed') throw new Error(`task ${task.id} is ${task.status}: ${task.error?.message}`)
  })

async function textsPerSecond(calls: number, embed: (call: number) => Promise<unknown>): Promise<number> {
  await embed(0)
  let next = 0
  const caller = async () => {
    while (next < calls) await embed(next++)
  }
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: callers }, caller))
  return (calls * textsPerCall) / ((performance.now() - startedAt) / 1_000)
}

export const modelsDir = join(import.meta.dirname, '../../.inferq/models')
