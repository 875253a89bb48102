import {
  defaultAudioModel,
  defaultImageModel,
  embedImage,
  embedText,
  type ImageModelDescription,
  JobError,
  type MediaModel,
  type ModelSource,
} from '@inferq/contracts'
import { type AudioEngine, type ImageEngine, type SpeechEngine, silentLog, type TextEngine } from './engine.ts'
import type { EngineSet } from './engine-set.ts'
import { describeMedia } from './media/describe-media.ts'
import { createMediaModels, type PartName, partNames } from './media/media-models.ts'
import type { OnnxSettings } from './onnx/settings.ts'
import { openSets, type RuntimeSettings } from './open-sets.ts'

export interface EnginesOptions extends RuntimeSettings {
  /** The first is the default. */
  readonly models: readonly ModelSource[]
  /** Those that look at images; the first is the default. */
  readonly imageModels?: readonly ModelSource[]
  /** Those that make vectors of sound; the first is the default. */
  readonly audioModels?: readonly ModelSource[]
  /** Those that write down what is said; the first is the default. */
  readonly speechModels?: readonly ModelSource[]
  /** Their parts are models from the lists above; the first is the default. */
  readonly mediaModels?: readonly ConfiguredMediaModel[]
}

/** `isOptional`: nobody asked for it; a part of it whose vectors do not fit fails the jobs that need it, and no more. */
export type ConfiguredMediaModel = MediaModel & { readonly isOptional?: true }

export interface EngineDescription {
  readonly name: string
  /** The kind of job that it serves. */
  readonly job: string
  readonly engine: string
  /** Until it is loaded, the device that is wanted. */
  readonly device: string
}

/**
 * The models of one worker, each loaded once, when it is first asked for. The name of a media model stands for its part of
 * the kind asked for, with vectors that zeros make as long as it declares; MODEL_UNKNOWN where it has no such part.
 */
export interface Engines {
  /** The engine of a model, of the default one when no name is given. Calls to it share batches. */
  text(model?: string): Promise<TextEngine>
  /** The same for models that look at images. */
  image(model?: string): Promise<ImageEngine>
  audio(model?: string): Promise<AudioEngine>
  speech(model?: string): Promise<SpeechEngine>
  /** What stands behind the name of a media model; the first when no name is given. Throws MODEL_UNKNOWN. */
  media(model?: string): MediaModel
  /**
   * Loads every model; rejects with the first failure after all have been tried. Built-in models whose weights are an
   * optional package may be missing: that is logged, and neither they nor what media models do with them is described.
   */
  warmUp(): Promise<void>
  /** Models other than for text only once they are loaded, since before that nobody knows what they can do. */
  describe(): EngineDescription[]
  /** Of the image models that are loaded. */
  describeImages(): ImageModelDescription[]
  close(): Promise<void>
}

export function createEngines(options: EnginesOptions): Engines {
  const { models, imageModels = [], audioModels = [], speechModels = [], mediaModels = [] } = options
  const { onnx, log = silentLog } = options
  const sources = { text: models, image: imageModels, audio: audioModels, speech: speechModels }
  const sets = openSets(sources, options)
  const media = createMediaModels(mediaModels, sets)

  async function warmUpModel(part: PartName, source: ModelSource): Promise<void> {
    try {
      await sets[part].get(source.name)
    } catch (error) {
      if (!isOptional(source)) throw error
      log.warn(
        { model: source.name, err: error },
        'an optional built-in model does not load; this worker goes without it',
      )
    }
  }

  async function warmUpMedia(model: ConfiguredMediaModel, part: PartName): Promise<void> {
    const source = sources[part].find(({ name }) => name === model[part])
    const isMissing = source !== undefined && isOptional(source) && !sets[part].loaded(source.name)
    if (model[part] === undefined || isMissing) return
    try {
      await media[part](model.name)
    } catch (error) {
      // A server that is still starting is no reason not to start.
      const mayComeLater = error instanceof JobError && error.kind === 'transient'
      if (!model.isOptional && !mayComeLater) throw error
      log.warn({ model: model.name, part, err: error }, 'a part of a media model cannot be used')
    }
  }

  const findIn =
    <Engine extends TextEngine | ImageEngine | AudioEngine | SpeechEngine>(
      set: EngineSet<Engine, ModelSource>,
      ofMedia: (model: string) => Promise<Engine>,
    ) =>
    (model?: string) =>
      model !== undefined && !set.has(model) && media.has(model) ? ofMedia(model) : set.get(model)

  return {
    text: findIn(sets.text, media.text),
    image: findIn(sets.image, media.image),
    audio: findIn(sets.audio, media.audio),
    speech: findIn(sets.speech, media.speech),
    media: media.find,

    async warmUp() {
      await everyOne(partNames.flatMap((part) => sources[part].map((source) => warmUpModel(part, source))))
      await everyOne(mediaModels.flatMap((model) => partNames.map((part) => warmUpMedia(model, part))))
    },

    describe: () => [
      ...models.map((source) => ({
        name: source.name,
        job: embedText.name,
        engine: source.kind,
        device: sets.text.loaded(source.name)?.device ?? wantedDevice(source, onnx),
      })),
      ...sets.image.allLoaded().flatMap(describeImageModel),
      ...mediaModels.flatMap((model) => describeMedia(model, media)),
    ],

    describeImages: () => sets.image.allLoaded().flatMap(({ descriptions }) => descriptions),

    async close() {
      await Promise.all([media.close(), ...partNames.map((part) => sets[part].close())])
    },
  }
}

/** Waits for all, then rejects with the first failure among them. */
async function everyOne(promises: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(promises)
  for (const result of results) if (result.status === 'rejected') throw result.reason
}

function describeImageModel({ model, descriptions, dimensions, engine, device }: ImageEngine): EngineDescription[] {
  const jobs = [...descriptions.map(({ job }) => job), ...(dimensions === null ? [] : [embedImage.name])]
  return jobs.map((job) => ({ name: model, job, engine, device }))
}

const isOptional = (source: ModelSource) =>
  source.kind === 'onnx' && [defaultImageModel, defaultAudioModel].includes(source.source)

const wantedDevice = (source: ModelSource, onnx: OnnxSettings | undefined) =>
  source.kind === 'http' ? new URL(source.baseUrl).origin : (onnx?.device ?? 'auto')
