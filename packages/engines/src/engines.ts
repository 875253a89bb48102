import { defaultImageModel, embedText, type ImageModelDescription, JobError, type ModelSource } from '@inferq/contracts'
import { type BatchingOptions, batched } from './batching/batcher.ts'
import { type EngineLog, type ImageEngine, silentLog, type TextEngine } from './engine.ts'
import { EngineSet } from './engine-set.ts'
import { createHttpEngine, type HttpSettings } from './http/http-engine.ts'
import { createImageEngine } from './images/image-engine.ts'
import type { DecodeLimits } from './images/reading/decoder.ts'
import { createOnnxEngine } from './onnx/onnx-engine.ts'
import type { OnnxSettings } from './onnx/settings.ts'

export interface EnginesOptions {
  /** The first is the default. */
  readonly models: readonly ModelSource[]
  /** Those that look at images; the first is the default. */
  readonly imageModels?: readonly ModelSource[]
  /** Where model folders are, and where the built-in model is written on first need. */
  readonly modelsDir: string
  readonly onnx?: OnnxSettings
  readonly http?: HttpSettings
  readonly batching?: BatchingOptions
  /** What an image may be that is decoded: by default up to 100 megapixels, and 20 seconds. */
  readonly imageLimits?: Partial<DecodeLimits>
  readonly log?: EngineLog
}

export interface EngineDescription {
  readonly name: string
  /** The kind of job that it serves. */
  readonly job: string
  readonly engine: string
  /** Until it is loaded, the device that is wanted. */
  readonly device: string
}

/** The models of one worker, each loaded once, when it is first asked for. */
export interface Engines {
  /** The engine of a model, of the default one when no name is given. Calls to it share batches. */
  text(model?: string): Promise<TextEngine>
  /** The same for models that look at images. */
  image(model?: string): Promise<ImageEngine>
  /**
   * Loads every model; rejects with the first failure after all have been tried. The built-in image model, whose weights
   * are an optional package, may be missing: that is logged, and the model is not described.
   */
  warmUp(): Promise<void>
  /** Models for images only once they are loaded, since before that nobody knows what they can do. */
  describe(): EngineDescription[]
  /** Of the image models that are loaded. */
  describeImages(): ImageModelDescription[]
  close(): Promise<void>
}

export function createEngines(options: EnginesOptions): Engines {
  const { models, imageModels = [], batching, onnx, log = silentLog } = options
  const texts = new EngineSet(models, async (source) => batched(await openText(source, options), batching))
  const images = new EngineSet(imageModels, (source) => openImages(source, options))

  async function warmUpImages(source: ModelSource): Promise<void> {
    try {
      await images.get(source.name)
    } catch (error) {
      if (!isBuiltIn(source)) throw error
      log.warn(
        { model: source.name, err: error },
        'the built-in image model does not load; this worker goes without it',
      )
    }
  }

  return {
    text: (model) => texts.get(model),
    image: (model) => images.get(model),

    async warmUp() {
      const results = await Promise.allSettled([
        ...models.map(({ name }) => texts.get(name)),
        ...imageModels.map(warmUpImages),
      ])
      for (const result of results) if (result.status === 'rejected') throw result.reason
    },

    describe: () => [
      ...models.map((source) => ({
        name: source.name,
        job: embedText.name,
        engine: source.kind,
        device: texts.loaded(source.name)?.device ?? wantedDevice(source, onnx),
      })),
      ...images
        .allLoaded()
        .flatMap(({ descriptions, engine, device }) =>
          descriptions.map(({ name, job }) => ({ name, job, engine, device })),
        ),
    ],

    describeImages: () => images.allLoaded().flatMap(({ descriptions }) => descriptions),

    async close() {
      await Promise.all([texts.close(), images.close()])
    },
  }
}

async function openText(source: ModelSource, { modelsDir, onnx, http, log = silentLog }: EnginesOptions) {
  if (source.kind === 'onnx')
    return createOnnxEngine({ ...onnx, model: source.name, source: source.source, modelsDir, log })
  const { name, baseUrl, remoteModel } = source
  return createHttpEngine({ ...http, model: name, baseUrl, remoteModel })
}

async function openImages(source: ModelSource, { modelsDir, onnx, imageLimits: limits, log }: EnginesOptions) {
  if (source.kind === 'http') {
    throw new JobError('MODEL_LOAD_FAILED', `the model "${source.name}" is a server, and those serve text models only`)
  }
  return createImageEngine({ ...onnx, model: source.name, source: source.source, modelsDir, limits, log })
}

const isBuiltIn = (source: ModelSource) => source.kind === 'onnx' && source.source === defaultImageModel

const wantedDevice = (source: ModelSource, onnx: OnnxSettings | undefined) =>
  source.kind === 'http' ? new URL(source.baseUrl).origin : (onnx?.device ?? 'auto')
