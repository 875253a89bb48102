import { parseArgs } from 'node:util'
import { startSharedServers } from '@inferq/testkit'
import { startInferq } from '../lib/inferq.ts'
import { bareEndToEnd, bareSubmit } from './bare/run-bare.ts'
import { engineAlone, modelsDir, throughQueue } from './embed.ts'
import { endToEnd, idleLatencies, submitOnly } from './scenarios.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    tasks: { type: 'string', default: '20000' },
    calls: { type: 'string', default: '256' },
  },
})
const total = Number(values.tasks)
const say = (line: string) => {
  if (!values.json) console.log(line)
}
const perSecond = (seconds: number) => `${Math.round(total / seconds)}/s`
const percentile = (sorted: number[], share: number) => sorted[Math.floor((sorted.length - 1) * share)] as number

const stopServers = await startSharedServers(say)
try {
  const concurrency = { INFERQ_CONCURRENCY: '200' }
  const echo = await startInferq({ worker: concurrency })
  await endToEnd(echo, Math.ceil(total / 10))

  say(`end to end, ${total} tasks that do nothing; both on one Redis, append-only file every second`)
  const bareSeconds = await bareEndToEnd({ redisUrl: echo.redis.url, total })
  say(`  bare BullMQ, 128 adds in flight, one Worker of 200   ${perSecond(bareSeconds)}`)
  const seconds = await endToEnd(echo, total)
  say(`  Inferq over HTTP, 128 connections, until recorded    ${perSecond(seconds)}`)
  const endToEndRatio = bareSeconds / seconds
  say(`  ratio ${endToEndRatio.toFixed(2)}`)

  say('from handing in to recorded, one task at a time')
  const latencies = (await idleLatencies(echo, 300)).sort((a, b) => a - b)
  const idleLatencyMs = {
    p50: percentile(latencies, 0.5),
    p95: percentile(latencies, 0.95),
    p99: percentile(latencies, 0.99),
  }
  say(
    `  p50 ${idleLatencyMs.p50.toFixed(1)} ms, p95 ${idleLatencyMs.p95.toFixed(1)} ms, p99 ${idleLatencyMs.p99.toFixed(1)} ms`,
  )

  say(`submit only, ${total} tasks`)
  const bareSubmitSeconds = await bareSubmit({ redisUrl: echo.redis.url, total })
  say(`  bare Fastify route that adds to BullMQ   ${perSecond(bareSubmitSeconds)}`)
  const submitSeconds = await submitOnly(echo, total)
  say(`  Inferq                                   ${perSecond(submitSeconds)}`)
  const submitRatio = bareSubmitSeconds / submitSeconds
  say(`  ratio ${submitRatio.toFixed(2)}`)
  await echo.stop()

  const calls = Number(values.calls)
  say(`embed.text, 64 callers, ${calls} calls`)
  const alone = await engineAlone(modelsDir, calls)
  say(`  the engine alone, batched   ${alone.toFixed(0)} texts/s`)
  const model = { INFERQ_TEXT_MODELS: 'use-lite-en' }
  const embedding = await startInferq({
    api: model,
    worker: { ...model, INFERQ_MODELS_DIR: modelsDir, INFERQ_CONCURRENCY: '64', INFERQ_ENGINE_THREADS: '' },
  })
  const queued = await throughQueue(embedding, calls)
  await embedding.stop()
  const embedThroughputRatio = queued / alone
  say(`  through HTTP and queue      ${queued.toFixed(0)} texts/s`)
  say(`  ratio ${embedThroughputRatio.toFixed(2)}`)

  if (values.json) console.log(JSON.stringify({ endToEndRatio, submitRatio, idleLatencyMs, embedThroughputRatio }))
} finally {
  await stopServers()
}
