import { JobError, type MediaModel, type ModelSource } from '@inferq/contracts'
import type { AudioEngine, ImageEngine, SpeechEngine, TextEngine } from '../engine.ts'
import { EngineSet, findModel } from '../engine-set.ts'
import { type PaddedAs, paddedAudio, paddedImages, paddedText } from './padded.ts'

/** What parts of media models are: engines by the names of their own models. */
export interface EngineSets {
  readonly text: EngineSet<TextEngine, ModelSource>
  readonly image: EngineSet<ImageEngine, ModelSource>
  readonly audio: EngineSet<AudioEngine, ModelSource>
  readonly speech: EngineSet<SpeechEngine, ModelSource>
}
export type PartName = keyof EngineSets
export const partNames = ['text', 'image', 'audio', 'speech'] as const satisfies PartName[]

/** The engines behind the names of media models: those of their parts, with vectors of the length that is declared. */
export function createMediaModels(models: readonly MediaModel[], engines: EngineSets) {
  const texts = new EngineSet(models, async (media) => {
    const engine = await engines.text.get(partOf(media, 'text', engines))
    const { embeddings } = await engine.embed(['how long is its vector?'], { signal: new AbortController().signal })
    return paddedText(engine, fitting(media, 'text', embeddings[0]?.length))
  })
  const images = new EngineSet(models, async (media) => {
    const engine = await engines.image.get(partOf(media, 'image', engines))
    return paddedImages(engine, fitting(media, 'image', engine.dimensions ?? undefined))
  })
  const sounds = new EngineSet(models, async (media) => {
    const engine = await engines.audio.get(partOf(media, 'audio', engines))
    return paddedAudio(engine, fitting(media, 'audio', engine.dimensions))
  })

  return {
    find: (name?: string) => findModel(models, name),
    has: (name: string) => models.some((media) => media.name === name),
    text: (name: string) => texts.get(name),
    image: (name: string) => images.get(name),
    audio: (name: string) => sounds.get(name),
    speech: async (name: string) => engines.speech.get(partOf(findModel(models, name), 'speech', engines)),
    /** Hands out no more engines; those of the parts are closed by whoever opened them. */
    close: () => Promise.all([texts.close(), images.close(), sounds.close()]),
    /** The parts of a media model that can be used now. */
    loadedParts({ name, speech }: MediaModel): readonly { readonly part: PartName; readonly device: string }[] {
      const parts = {
        text: texts.loaded(name),
        image: images.loaded(name),
        audio: sounds.loaded(name),
        speech: speech === undefined ? undefined : engines.speech.loaded(speech),
      }
      return partNames.flatMap((part) => (parts[part] ? [{ part, device: parts[part].device }] : []))
    },
  }
}

export type MediaModels = ReturnType<typeof createMediaModels>

function partOf(media: MediaModel, part: PartName, engines: EngineSets): string {
  const name = media[part]
  if (name === undefined) throw new JobError('MODEL_UNKNOWN', `the media model "${media.name}" has no part for ${part}`)
  if (engines[part].has(name)) return name
  throw new JobError('MODEL_UNKNOWN', `${partName(media, part)} is none of the ${part} models of this worker`)
}

function fitting(media: MediaModel, part: PartName, length: number | undefined): PaddedAs {
  const { name: model, dimensions } = media
  if (length === undefined) throw new JobError('MODEL_LOAD_FAILED', `${partName(media, part)} gives no vectors`)
  if (length <= dimensions) return { model, dimensions }
  const lengths = `vectors of ${length} numbers, more than the ${dimensions} that are set for it`
  throw new JobError('MODEL_LOAD_FAILED', `${partName(media, part)} gives ${lengths}`)
}

const partName = (media: MediaModel, part: PartName) =>
  `the ${part} part "${media[part]}" of the media model "${media.name}"`
