import { randomBytes } from 'node:crypto'
import { defineJob, type JobPayload, type Outcome } from '@inferq/contracts'
import type { Engines, ImageEngine, TextEngine } from '@inferq/engines'
import type { TakenJob } from '@inferq/queue'
import { z } from 'zod'
import { defineHandler, type Handler } from './define-handler.ts'
import { handlers } from './handlers/index.ts'
import type { LoadImages } from './load-images.ts'
import type { Files } from './load-input.ts'
import { createRunJob, type RunJobOptions } from './run-job.ts'
import { createRunningJobs } from './running-jobs.ts'

export const silentLog = { debug() {}, info() {}, warn() {}, error() {} }

export const randomId = (): string => randomBytes(16).toString('hex')

export const payloadOf = (input: unknown, more: Partial<JobPayload> = {}): JobPayload => ({
  v: 1,
  taskId: randomId(),
  run: 1,
  job: 'echo',
  input: JSON.stringify(input),
  attemptsBefore: 0,
  attempts: 3,
  queuedAt: Date.now(),
  ...more,
})

/** A job as a consumer hands it over. */
export function takenJob(input: unknown, more: Partial<TakenJob> = {}, payload: Partial<JobPayload> = {}): TakenJob {
  const carried = payloadOf(input, payload)
  return {
    jobId: `${carried.taskId}-${carried.run}`,
    ref: { company: randomId(), queue: 'default' },
    payload: carried,
    attempt: 1,
    failuresBefore: 0,
    crashes: 0,
    ...more,
  }
}

/** Files in memory. */
export function fakeFiles(initial: Record<string, string> = {}) {
  const byKey = new Map(Object.entries(initial))
  const files: Files = {
    put: async (key, data) => void byKey.set(key, data.toString()),
    getText: async (key) => byKey.get(key) ?? null,
    delete: async (key) => void byKey.delete(key),
  }
  return { files, byKey }
}

/** Engines that answer every text with these vectors, without a model. */
export function fakeEngines(vectors: readonly (readonly number[])[], computingMs = 5): Engines {
  const engine: TextEngine = {
    model: 'fake',
    engine: 'fake',
    device: 'cpu',
    maxBatchItems: 8,
    maxBatchTokens: 100,
    health: async () => 'ready',
    estimateTokens: () => 1,
    embed: async () => ({ embeddings: vectors.map((it) => Float32Array.from(it)), preparingMs: 1, computingMs }),
    close: async () => {},
  }
  return {
    text: async () => engine,
    image: async () => fakeImageEngine(),
    warmUp: async () => {},
    describe: () => [],
    describeImages: () => [],
    close: async () => {},
  }
}

/** An engine that finds nothing in any image; `more` says what it is and does in place of that. */
export const fakeImageEngine = (more: Partial<ImageEngine> = {}): ImageEngine => ({
  model: 'fake',
  engine: 'fake',
  device: 'cpu',
  descriptions: [],
  health: async () => 'ready',
  classify: async (images) => ({ scores: images.map(() => new Float32Array()), preparingMs: 1, computingMs: 5 }),
  detect: async (images) => ({ regions: images.map(() => []), preparingMs: 1, computingMs: 5 }),
  close: async () => {},
  ...more,
})

/** Every image is the bytes of its base64; nothing is fetched or read. */
export const fakeLoadImages: LoadImages = async (images) =>
  images.map(({ source }) => ({ bytes: Buffer.from('base64' in source ? source.base64 : '', 'base64') }))

/** A job runner whose outcomes are kept in `outcomes`; whatever is not given is a fake that does nothing. */
export function fakeRunner(more: Partial<RunJobOptions> & { sweepIntervalMs?: number } = {}) {
  const outcomes: Outcome[] = []
  const { sweepIntervalMs = 5, ...options } = more
  const running = createRunningJobs({ readStopFlags: async () => [], log: silentLog, sweepIntervalMs })
  const runJob = createRunJob({
    workerId: 'w1',
    handlers,
    engines: fakeEngines([]),
    files: fakeFiles().files,
    loadImages: fakeLoadImages,
    running,
    report: async (outcome) => void outcomes.push(outcome),
    isStopRequested: async () => false,
    log: silentLog,
    ...options,
  })
  const kinds = () => outcomes.map(({ kind }) => kind)
  const run = (job: TakenJob, lock = new AbortController().signal) => runJob(job, lock)
  return { run, running: options.running ?? running, outcomes, kinds }
}

const makeTestJob = (attemptTimeoutMs: number) =>
  defineJob({
    name: 'test',
    summary: '',
    input: z.object({ n: z.number() }),
    result: z.object({ n: z.number() }),
    attempts: 3,
    attemptTimeoutMs,
  })

/** A handler of the job `test`, whose input and result are `{ n }`. */
export const testHandler = (run: Handler<ReturnType<typeof makeTestJob>>['run'], attemptTimeoutMs = 60_000) =>
  defineHandler(makeTestJob(attemptTimeoutMs), run)
export const testJob = (more: Partial<TakenJob> = {}) => takenJob({ n: 1 }, more, { job: 'test' })
