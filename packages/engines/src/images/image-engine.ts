import { join } from 'node:path'
import { type ImageModelDescription, JobError, maxImageBytes } from '@inferq/contracts'
import { untilAborted } from '../abort.ts'
import { type EngineHealth, type EngineLog, type ImageEngine, type ImageToRead, silentLog } from '../engine.ts'
import { locateModel } from '../onnx/locate.ts'
import type { OnnxEngineOptions } from '../onnx/onnx-engine.ts'
import { RestartedThread } from '../threads/restarted-thread.ts'
import type { ImageJob, LabelJob, LoadedImageModel } from './messages.ts'
import { type ModelThread, startModelThread } from './model/model-thread.ts'
import { type Looked, Pipeline } from './pipeline.ts'
import type { DecodeLimits } from './reading/decoder.ts'
import { defaultDecodeLimits, imagesReadAtOnce, type Reader, startReader } from './reading/reader.ts'
import { regionsOfWhole } from './regions-of-whole.ts'

export interface ImageEngineOptions extends Omit<OnnxEngineOptions, 'maxBatchItems' | 'maxBatchTokens'> {
  readonly limits?: Partial<DecodeLimits>
}

/** What starts the two threads of an engine. */
export interface StartThreads {
  readonly model: typeof startModelThread
  readonly reader: typeof startReader
}

/** Loads a model of the Hugging Face layout into a thread of its own. Rejects when it cannot be loaded. */
export async function createImageEngine(
  options: ImageEngineOptions,
  start: StartThreads = { model: startModelThread, reader: startReader },
): Promise<ImageEngine> {
  const { model: name, source, modelsDir, log = silentLog, limits, ...settings } = options
  const cacheDir = settings.cacheDir ?? join(modelsDir, 'hub')
  const model = new RestartedThread(name, async () => {
    const location = await locateModel(source, modelsDir, log)
    return start.model({ ...settings, model: name, location, cacheDir })
  })
  const { loaded } = await model.running()
  logLoaded(name, loaded, log)
  const { preprocessing } = loaded
  const reader = new RestartedThread(name, () =>
    start.reader(name, { preprocessing, limits: { ...defaultDecodeLimits, ...limits } }),
  )
  try {
    await reader.running()
  } catch (error) {
    await model.close()
    throw error
  }
  return new OnnxImageEngine(name, loaded, model, reader)
}

function logLoaded(model: string, loaded: LoadedImageModel, log: EngineLog): void {
  const { failedDevices, device, labels, jobs, dimensions } = loaded
  for (const failed of failedDevices) log.warn({ model, ...failed }, 'device does not work')
  log.info({ model, device, jobs, labels: labels.length, dimensions }, 'model loaded')
}

class OnnxImageEngine implements ImageEngine {
  readonly engine = 'onnx'
  readonly model: string
  readonly device: string
  readonly dimensions: number | null
  readonly descriptions: readonly ImageModelDescription[]
  readonly #jobs: readonly ImageJob[]
  readonly #threads: readonly [RestartedThread<ModelThread>, RestartedThread<Reader>]
  readonly #pipeline: Pipeline

  constructor(
    name: string,
    loaded: LoadedImageModel,
    model: RestartedThread<ModelThread>,
    reader: RestartedThread<Reader>,
  ) {
    const { labels, jobs, device, exclusive, dimensions, maxBatchItems } = loaded
    this.model = name
    this.device = device
    this.dimensions = dimensions
    this.#jobs = jobs
    this.descriptions = jobs.filter(isLabelJob).map((job) => ({
      v: 1,
      name,
      job,
      labels: [...labels],
      exclusive: exclusive && job === 'classify.image',
    }))
    this.#threads = [model, reader]
    this.#pipeline = new Pipeline({
      readAtOnce: imagesReadAtOnce,
      maxBatchItems,
      read: async (image, signal) => {
        // A copy, since what a view is sent with is all of the memory behind it.
        const bytes = new Uint8Array(image.bytes)
        return (await reader.running()).call({ image: { ...image, bytes } }, signal, [bytes.buffer])
      },
      compute: async (request, signal) => {
        const transfer = request.images.map(({ values }) => values.buffer)
        return (await model.running()).call(request, signal, transfer)
      },
    })
  }

  /** Starts again what has died: whoever asks is about to need it. */
  async health(): Promise<EngineHealth> {
    const healths = this.#threads.map((thread) => thread.health())
    return healths.find((health) => health === 'down') ?? healths.find((health) => health === 'starting') ?? 'ready'
  }

  async classify(images: readonly ImageToRead[], { signal }: { signal: AbortSignal }) {
    const { looked, ...times } = await this.#look(images, 'classify.image', signal)
    return { ...times, scores: looked.map(({ computed }) => ('scores' in computed ? computed.scores : wrongAnswer())) }
  }

  async detect(images: readonly ImageToRead[], { signal }: { signal: AbortSignal }) {
    const { looked, ...times } = await this.#look(images, 'detect.image', signal)
    return {
      ...times,
      regions: looked.map(({ computed, seen }) =>
        'regions' in computed ? regionsOfWhole(computed.regions, seen) : wrongAnswer(),
      ),
    }
  }

  async embed(images: readonly ImageToRead[], { signal }: { signal: AbortSignal }) {
    const { looked, ...times } = await this.#look(images, 'embed.image', signal)
    return {
      ...times,
      embeddings: looked.map(({ computed }) => ('vector' in computed ? computed.vector : wrongAnswer())),
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()))
  }

  /** All images of a call, or the first failure, which ends the work on the others. */
  async #look(images: readonly ImageToRead[], job: ImageJob, signal: AbortSignal) {
    const startedAt = performance.now()
    signal.throwIfAborted()
    if (!this.#jobs.includes(job)) {
      throw new JobError('ENGINE_REFUSED', `the model "${this.model}" cannot do ${job}`)
    }
    for (const [i, image] of images.entries()) refuseLargeImage(image, i + 1)
    const failed = new AbortController()
    const either = AbortSignal.any([signal, failed.signal])
    try {
      const looks = images.map((image, i) => this.#pipeline.look(image, job, either).catch(namingImage(i + 1)))
      const looked: Looked[] = await untilAborted(Promise.all(looks), signal)
      const computingMs = looked.reduce((sum, look) => sum + look.computingMs, 0)
      return { looked, computingMs, preparingMs: Math.max(0, performance.now() - startedAt - computingMs) }
    } catch (error) {
      failed.abort(error)
      throw error
    }
  }
}

const isLabelJob = (job: ImageJob): job is LabelJob => job !== 'embed.image'

/** Of an image as it comes. Raw pixels are bounded by how many they are, as those of any image once it is decoded. */
function refuseLargeImage({ bytes, raw }: ImageToRead, place: number): void {
  if (raw || bytes.length <= maxImageBytes) return
  const limit = maxImageBytes / 1024 ** 2
  throw new JobError('INPUT_TOO_LARGE', `image ${place} has more than ${limit} MiB`)
}

const namingImage =
  (place: number) =>
  (error: unknown): never => {
    if (!(error instanceof JobError) || error.code !== 'INPUT_UNREADABLE') throw error
    throw new JobError(error.code, `image ${place} ${error.message}`, { cause: error.cause })
  }

function wrongAnswer(): never {
  throw new JobError('ENGINE_FAILED', 'the model answered something else than it was asked for')
}
