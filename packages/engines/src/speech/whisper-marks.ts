import type { WhisperForConditionalGeneration } from '@huggingface/transformers'

/** The tokens by which a Whisper model is told what to do, and tells what it hears. */
export interface WhisperMarks {
  readonly start: number
  readonly noSpeech: number | undefined
  /** None: the model knows one language only. */
  readonly languages: readonly number[]
  /** What stands before the words, given the language. */
  prompt(language: number | undefined): number[]
}

export type WhisperConfig = ReturnType<WhisperForConditionalGeneration['_prepare_generation_config']>

export function marksOf(config: WhisperConfig): WhisperMarks {
  const { decoder_start_token_id, no_timestamps_token_id: noTimestamps, is_multilingual, task_to_id } = config
  const start = [decoder_start_token_id].flat()[0]
  if (typeof start !== 'number') throw new Error('the model does not say how a transcript begins')
  const isGiven = (token: number | null | undefined): token is number => typeof token === 'number'
  return {
    start,
    // In every vocabulary of Whisper it has the place before this one; its name differs.
    noSpeech: isGiven(noTimestamps) ? noTimestamps - 1 : undefined,
    languages: is_multilingual ? Object.values(config.lang_to_id ?? {}) : [],
    prompt: (language) =>
      [start, language, language === undefined ? undefined : task_to_id?.transcribe, noTimestamps].filter(isGiven),
  }
}
