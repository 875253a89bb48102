import type { EmbeddingOption, MediaModel, VideoInput } from '@inferq/contracts'
import type { AudioEngine, ImageEngine, SpeechEngine, TextEngine } from '@inferq/engines'
import type { MediaFacts } from '@inferq/media'
import type { HandlerContext } from '../define-handler.ts'

/** What a media model embeds the options of a task by; null for those that are not asked for, or that it cannot hear. */
export interface Parts {
  readonly model: MediaModel
  readonly visual: ImageEngine | null
  readonly audio: AudioEngine | null
  readonly transcription: { readonly speech: SpeechEngine; readonly text: TextEngine } | null
}

type Engines = HandlerContext['engines']

/** Rejects with MODEL_UNKNOWN for a model that is not there, or lacks a part; without one for speech there are no texts. */
export async function openParts(
  { model: name, embedding_options: options }: Pick<VideoInput, 'model' | 'embedding_options'>,
  engines: Engines,
): Promise<Parts> {
  const model = engines.media(name)
  const [visual, audio, transcription] = await Promise.all([
    options.includes('visual') ? engines.image(model.name) : null,
    options.includes('audio') ? engines.audio(model.name) : null,
    options.includes('transcription') && model.speech !== undefined ? openSpeech(model, engines) : null,
  ])
  return { model, visual, audio, transcription }
}

async function openSpeech({ name }: MediaModel, engines: Engines) {
  const [speech, text] = await Promise.all([engines.speech(name), engines.text(name)])
  return { speech, text }
}

/** The options of which there can be vectors: not those of sound where there is none. */
export const possibleOptions = (
  asked: readonly EmbeddingOption[],
  parts: Parts,
  facts: MediaFacts,
): EmbeddingOption[] =>
  asked.filter((option) => parts[option] !== null && (option === 'visual' ? facts.video : facts.audio) !== null)
