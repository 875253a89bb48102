import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { defaultImageModel, defaultTextModel } from '@inferq/contracts'
import { createEngines } from '@inferq/engines'
import { startSharedServers } from '@inferq/testkit'
import sharp from 'sharp'
import { type Inferq, secretKey, startInferq } from '../lib/inferq.ts'
import { modelsDir } from './embed.ts'
import { compare } from './figures.ts'
import { postAll } from './http-load.ts'

// `npm run bench classify`: photos through HTTP, record, queue and worker, against the same photos on the engine alone. A machine
// with few cores shows how much they cost the model; `--per-task 1` makes that the most.

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '3' },
    images: { type: 'string', default: '320' },
    'per-task': { type: 'string', default: '4' },
  },
})
const perTask = Number(values['per-task'])
const totalTasks = Math.ceil(Number(values.images) / perTask)
const total = totalTasks * perTask
const callers = 16
const size = 512
const pictures = await Promise.all(Array.from({ length: 8 }, (_, n) => drawPicture(n)))
const pictureOf = (call: number) => pictures[call % pictures.length] as Buffer

const say = (line: string) => {
  if (!values.json) console.log(line)
}

const stopServers = await startSharedServers(say, { fsync: true })
const model = {
  INFERQ_IMAGE_MODELS: defaultImageModel,
  INFERQ_TEXT_MODELS: defaultTextModel,
  INFERQ_MODELS_DIR: modelsDir,
}
const worker = { ...model, INFERQ_CONCURRENCY: `${callers}`, INFERQ_ENGINE_THREADS: '' }
try {
  await using inferq = await startInferq({ api: model, worker })
  const kib = pictures.reduce((sum, picture) => sum + picture.length, 0) / pictures.length / 1024
  say(
    `\nclassify.image, ${total} JPEGs of ${size} x ${size} and ${kib.toFixed(0)} KiB, ${perTask} to a task, ${callers} callers`,
  )
  const classifyThroughputRatio = await compare({
    rounds: Number(values.rounds),
    say,
    unit: 'images/s',
    baseline: ['the engine alone', engineAlone],
    ours: ['through HTTP, record, queue and worker', () => throughQueue(inferq)],
  })
  if (values.json) console.log(JSON.stringify({ classifyThroughputRatio }))
} finally {
  await stopServers()
}

/** Images per second of the engine by itself, in this process, with every core. */
async function engineAlone(): Promise<number> {
  const engines = createEngines({
    models: [],
    imageModels: [{ kind: 'onnx', name: defaultImageModel, source: defaultImageModel }],
    modelsDir,
    onnx: { device: 'cpu', intraOpThreads: cpus().length },
  })
  const engine = await engines.image()
  const { signal } = new AbortController()
  await Promise.all(pictures.map((bytes) => engine.classify([{ bytes }], { signal })))
  let next = 0
  const caller = async () => {
    while (next < total) await engine.classify([{ bytes: pictureOf(next++) }], { signal })
  }
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: callers }, caller))
  const seconds = (performance.now() - startedAt) / 1_000
  await engines.close()
  return total / seconds
}

/** Images per second by the whole way; every caller waits for its answer. */
async function throughQueue(inferq: Inferq): Promise<number> {
  const bodies = pictures.map((_, first) => {
    const images = Array.from({ length: perTask }, (_, n) => ({
      source: { base64: pictureOf(first + n).toString('base64') },
    }))
    return JSON.stringify({ job: 'classify.image', input: { images } })
  })
  const load = {
    port: Number(new URL(inferq.url).port),
    connections: callers,
    path: '/v1/tasks',
    headers: { 'x-api-key': secretKey, prefer: 'wait=60' },
    body: (call: number) => bodies[call % bodies.length] as string,
    // With `Prefer: wait`, 200 means that the task has ended.
    expected: 200,
  }
  await postAll({ ...load, total: pictures.length })
  const { seconds } = await postAll({ ...load, total: totalTasks })
  const { tasks } = await inferq.client.list({ status: ['failed', 'stopped'], limit: 1 })
  if (tasks[0]) throw new Error(`task ${tasks[0].id} is ${tasks[0].status}: ${tasks[0].error?.message}`)
  return total / seconds
}

/** Shapes on a ground with grain, so that it has as many bytes as a photo. */
async function drawPicture(n: number): Promise<Buffer> {
  const shapes = Array.from({ length: 12 }, (_, place) => {
    const at = (n * 97 + place * 131) % size
    return `<circle cx="${at}" cy="${(at * 7) % size}" r="${20 + place * 6}" fill="hsl(${place * 30 + n * 11} 70% 50%)"/>`
  })
  const drawing = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}">${shapes.join('')}</svg>`,
  )
  const noise = { type: 'gaussian', mean: 128, sigma: 8 } as const
  return sharp({ create: { width: size, height: size, channels: 3, background: '#888', noise } })
    .composite([{ input: drawing }])
    .jpeg({ quality: 80 })
    .toBuffer()
}
