import { isDeepStrictEqual } from 'node:util'
import { defaultMediaModels, type MediaModel, type ModelSource, parseMediaModels } from '@inferq/contracts'
import type { ConfiguredMediaModel } from '@inferq/engines'
import { ConfigError } from '@inferq/service'

interface Values {
  readonly INFERQ_TEXT_MODELS: readonly ModelSource[]
  readonly INFERQ_IMAGE_MODELS: readonly ModelSource[]
  readonly INFERQ_AUDIO_MODELS: readonly ModelSource[]
  readonly INFERQ_SPEECH_MODELS: readonly ModelSource[]
  readonly INFERQ_MEDIA_MODELS: readonly MediaModel[]
}

const settings = {
  text: 'INFERQ_TEXT_MODELS',
  image: 'INFERQ_IMAGE_MODELS',
  audio: 'INFERQ_AUDIO_MODELS',
  speech: 'INFERQ_SPEECH_MODELS',
} as const
type Part = keyof typeof settings
const parts = Object.keys(settings) as Part[]

const [usual] = parseMediaModels(defaultMediaModels)

/**
 * The media models, each part of which is a model of its kind. Throws a ConfigError that names those that are not; but the
 * usual media model, which nobody asked for, takes the first model of that kind.
 */
export function mediaModelsOf(values: Values): ConfiguredMediaModel[] {
  const media = values.INFERQ_MEDIA_MODELS.map((model) =>
    isDeepStrictEqual(model, usual) ? madeOfWhatThereIs(model, values) : model,
  )
  const problems = media.flatMap((model) => parts.flatMap((part) => problemOf(model, part, values)))
  if (problems.length > 0) throw new ConfigError(problems)
  return media
}

function madeOfWhatThereIs({ name, dimensions, ...named }: MediaModel, values: Values): ConfiguredMediaModel {
  const made = parts.flatMap((part) => {
    const models = values[settings[part]].map((source) => source.name)
    const model = models.find((one) => one === named[part]) ?? models[0]
    return model === undefined ? [] : [[part, model]]
  })
  return { name, dimensions, ...Object.fromEntries(made), isOptional: true }
}

function problemOf(media: MediaModel, part: Part, values: Values): string[] {
  const model = media[part]
  if (model === undefined || values[settings[part]].some(({ name }) => name === model)) return []
  return [`INFERQ_MEDIA_MODELS: the ${part} part "${model}" of "${media.name}" is not in ${settings[part]}`]
}
