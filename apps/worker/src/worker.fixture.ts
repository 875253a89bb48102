import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { defineJob, type JobDefinition, type JobPayload, type MediaModel, type Outcome } from '@inferq/contracts'
import type { AudioEngine, Engines, ImageEngine, SpeechEngine, TextEngine } from '@inferq/engines'
import type { Media } from '@inferq/media'
import type { TakenJob } from '@inferq/queue'
import { z } from 'zod'
import { defineHandler, type Handler, type HandlerContext } from './define-handler.ts'
import { handlers } from './handlers/index.ts'
import type { LoadImages } from './load-images.ts'
import type { Files } from './load-input.ts'
import type { LoadMedia } from './load-media.ts'
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
  const byKey = new Map<string, string | Uint8Array>(Object.entries(initial))
  const files: Files = {
    put: async (key, data) => void byKey.set(key, data),
    async write(key, source) {
      const bytes = await buffer(source)
      byKey.set(key, bytes)
      return { size: bytes.byteLength }
    },
    getText: async (key) => byKey.get(key)?.toString() ?? null,
    async read(key) {
      const data = byKey.get(key)
      if (data === undefined) return null
      const bytes = Buffer.from(data)
      return { size: bytes.byteLength, modifiedAt: new Date(0), body: Readable.from([bytes]) }
    },
    delete: async (key) => void byKey.delete(key),
  }
  return { files, byKey }
}

const fakeMediaModel: MediaModel = { name: 'fake', dimensions: 4, text: 'fake', image: 'fake', audio: 'fake' }

/** Engines that answer every text with these vectors, without a model; `more` is in place of what they are else. */
export function fakeEngines(
  vectors: readonly (readonly number[])[],
  computingMs = 5,
  more: Partial<Engines> = {},
): Engines {
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
    audio: async () => fakeAudioEngine(),
    speech: async () => fakeSpeechEngine(),
    media: () => fakeMediaModel,
    warmUp: async () => {},
    describe: () => [],
    describeImages: () => [],
    close: async () => {},
    ...more,
  }
}

/** An engine that finds nothing in any image; `more` says what it is and does in place of that. */
export const fakeImageEngine = (more: Partial<ImageEngine> = {}): ImageEngine => ({
  model: 'fake',
  engine: 'fake',
  device: 'cpu',
  dimensions: 4,
  descriptions: [],
  health: async () => 'ready',
  classify: async (images) => ({ scores: images.map(() => new Float32Array()), preparingMs: 1, computingMs: 5 }),
  detect: async (images) => ({ regions: images.map(() => []), preparingMs: 1, computingMs: 5 }),
  embed: async (images) => ({ embeddings: images.map(() => unitVector()), preparingMs: 1, computingMs: 5 }),
  close: async () => {},
  ...more,
})

/** An engine to which all sounds are the same. */
export const fakeAudioEngine = (more: Partial<AudioEngine> = {}): AudioEngine => ({
  model: 'fake',
  engine: 'fake',
  device: 'cpu',
  dimensions: 4,
  sampleRate: 16_000,
  maxSeconds: 10,
  health: async () => 'ready',
  embed: async (sounds) => ({ embeddings: sounds.map(() => unitVector()), preparingMs: 1, computingMs: 5 }),
  close: async () => {},
  ...more,
})

/** An engine that hears nobody say anything. */
export const fakeSpeechEngine = (more: Partial<SpeechEngine> = {}): SpeechEngine => ({
  model: 'fake',
  engine: 'fake',
  device: 'cpu',
  sampleRate: 16_000,
  maxSeconds: 30,
  health: async () => 'ready',
  transcribe: async (sounds) => ({ texts: sounds.map(() => ''), preparingMs: 1, computingMs: 5 }),
  close: async () => {},
  ...more,
})

const unitVector = () => Float32Array.of(1, 0, 0, 0)

/** Every medium is empty. */
const fakeMedia: Media = {
  probe: async () => ({ durationSec: 0, video: null, audio: null }),
  async *frames() {},
  async *sound() {},
}

/** Every image is the bytes of its base64; nothing is fetched or read. */
export const fakeLoadImages: LoadImages = async (images) =>
  images.map(({ source }) => ({ bytes: Buffer.from('base64' in source ? source.base64 : '', 'base64') }))

/** Every medium is a file that is not there, for a fake that does not look at it. */
const fakeLoadMedia: LoadMedia = async () => ({ path: '/nowhere', [Symbol.asyncDispose]: async () => {} })

/** What a handler gets, of which whatever is not given is a fake. */
export const fakeContext = (more: Partial<HandlerContext> = {}): HandlerContext => ({
  engines: fakeEngines([]),
  media: fakeMedia,
  loadImages: fakeLoadImages,
  loadMedia: fakeLoadMedia,
  partials: { load: async () => null, save: async () => {} },
  signal: new AbortController().signal,
  progress: () => {},
  timings: { computingMs: 0 },
  ...more,
})

/** A job runner whose outcomes are kept in `outcomes`; whatever is not given is a fake that does nothing. */
export function fakeRunner(more: Partial<RunJobOptions> & { sweepIntervalMs?: number } = {}) {
  const outcomes: Outcome[] = []
  const { sweepIntervalMs = 5, ...options } = more
  const running = createRunningJobs({ readStopFlags: async () => [], log: silentLog, sweepIntervalMs })
  const runJob = createRunJob({
    workerId: 'w1',
    handlers,
    engines: fakeEngines([]),
    media: fakeMedia,
    files: fakeFiles().files,
    loadImages: fakeLoadImages,
    loadMedia: fakeLoadMedia,
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

const makeTestJob = (more: Partial<Pick<JobDefinition, 'attemptTimeoutMs' | 'keepsPartials'>>) =>
  defineJob({
    name: 'test',
    summary: '',
    input: z.object({ n: z.number() }),
    result: z.object({ n: z.number() }),
    attempts: 3,
    attemptTimeoutMs: 60_000,
    ...more,
  })

/** A handler of the job `test`, whose input and result are `{ n }`. */
export const testHandler = (
  run: Handler<ReturnType<typeof makeTestJob>>['run'],
  more: Parameters<typeof makeTestJob>[0] = {},
) => defineHandler(makeTestJob(more), run)
export const testJob = (more: Partial<TakenJob> = {}) => takenJob({ n: 1 }, more, { job: 'test' })
