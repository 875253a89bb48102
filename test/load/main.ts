import { parseArgs } from 'node:util'
import { startSharedServers } from '@inferq/testkit'
import { type Inferq, startInferq } from '../lib/inferq.ts'
import { bareEndToEnd, bareSubmit } from './bare/run-bare.ts'
import { engineAlone, modelsDir, throughQueue } from './embed.ts'
import { compare, percentiles } from './figures.ts'
import { endToEnd, idleLatencies, submitOnly } from './scenarios.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '3' },
    tasks: { type: 'string', default: '20000' },
    calls: { type: 'string', default: '96' },
  },
})
const total = Number(values.tasks)
const calls = Number(values.calls)
const rounds = Number(values.rounds)
const say = (line: string) => {
  if (!values.json) console.log(line)
}
/** Until the code on the way of a single task is compiled; a crowd takes other branches. */
const warmUpTasks = 500
const perSecond = (seconds: number) => total / seconds

const stopServers = await startSharedServers(say, { fsync: true })
try {
  const echo = await onInferq({ worker: { INFERQ_CONCURRENCY: '200' } }, measureTasks)
  const model = { INFERQ_TEXT_MODELS: 'use-lite-en' }
  const worker = { ...model, INFERQ_MODELS_DIR: modelsDir, INFERQ_CONCURRENCY: '64', INFERQ_ENGINE_THREADS: '' }
  const embed = await onInferq({ api: model, worker }, measureEmbedding)
  if (values.json) console.log(JSON.stringify({ ...echo, ...embed }))
} finally {
  await stopServers()
}

async function measureTasks(inferq: Inferq) {
  const { url: redisUrl } = inferq.redis
  await endToEnd(inferq, Math.ceil(total / 5))

  say('\none task at a time on an idle system, from handing in to recorded')
  await idleLatencies(inferq, warmUpTasks)
  const idleLatencyMs = percentiles(await idleLatencies(inferq, 500))
  const { p50, p95, p99 } = idleLatencyMs
  say(`  p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`)

  say(`\nend to end, ${total} tasks that do nothing, both on one Redis with an append-only file`)
  const endToEndRatio = await compare({
    rounds,
    say,
    unit: 'tasks/s',
    baseline: [
      'bare BullMQ, 128 adds in flight, Worker of 200',
      async () => perSecond(await bareEndToEnd({ redisUrl, total })),
    ],
    ours: ['Inferq over HTTP, 128 connections, recorded', async () => perSecond(await endToEnd(inferq, total))],
  })

  say(`\nsubmit only, ${total} tasks`)
  const submitRatio = await compare({
    rounds,
    say,
    unit: 'tasks/s',
    baseline: ['bare Fastify route that adds to BullMQ', async () => perSecond(await bareSubmit({ redisUrl, total }))],
    ours: ['Inferq, recorded and queued', async () => perSecond(await submitOnly(inferq, total))],
  })
  return { endToEndRatio, submitRatio, idleLatencyMs }
}

async function measureEmbedding(inferq: Inferq) {
  say(`\nembed.text, 64 callers, ${calls} calls`)
  const embedThroughputRatio = await compare({
    rounds,
    say,
    unit: 'texts/s',
    baseline: ['the engine alone, batched', () => engineAlone(modelsDir, calls)],
    ours: ['through HTTP, record, queue and worker', () => throughQueue(inferq, calls)],
  })
  return { embedThroughputRatio }
}

async function onInferq<Figures>(
  options: Parameters<typeof startInferq>[0],
  measure: (inferq: Inferq) => Promise<Figures>,
): Promise<Figures> {
  const inferq = await startInferq(options)
  try {
    return await measure(inferq)
  } finally {
    await inferq.stop()
  }
}
