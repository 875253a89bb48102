import type { AudioEngine, ImageEngine, TextEngine } from '../engine.ts'

/** Under which name an engine goes now, and how many numbers its vectors have. */
export interface PaddedAs {
  readonly model: string
  readonly dimensions: number
}

// The engine behind a padded one belongs to whoever opened it: closing the padded one leaves it as it is.

export const paddedText = (engine: TextEngine, as: PaddedAs): TextEngine => ({
  ...renamed(engine, as),
  maxBatchItems: engine.maxBatchItems,
  maxBatchTokens: engine.maxBatchTokens,
  estimateTokens: (text) => engine.estimateTokens(text),
  embed: async (texts, options) => pad(await engine.embed(texts, options), as),
})

/** It embeds and does nothing else: its model has a name of its own for that. */
export const paddedImages = (engine: ImageEngine, as: PaddedAs): ImageEngine => ({
  ...renamed(engine, as),
  dimensions: as.dimensions,
  descriptions: [],
  classify: (images, options) => engine.classify(images, options),
  detect: (images, options) => engine.detect(images, options),
  embed: async (images, options) => pad(await engine.embed(images, options), as),
})

export const paddedAudio = (engine: AudioEngine, as: PaddedAs): AudioEngine => ({
  ...renamed(engine, as),
  dimensions: as.dimensions,
  sampleRate: engine.sampleRate,
  maxSeconds: engine.maxSeconds,
  embed: async (sounds, options) => pad(await engine.embed(sounds, options), as),
})

const renamed = (engine: Pick<TextEngine, 'engine' | 'device' | 'health'>, { model }: PaddedAs) => ({
  model,
  engine: engine.engine,
  device: engine.device,
  health: () => engine.health(),
  close: async () => {},
})

/** Zeros at the end leave lengths and cosines as they are. */
function pad<Result extends { readonly embeddings: readonly Float32Array[] }>(
  result: Result,
  { dimensions }: PaddedAs,
): Result {
  const embeddings = result.embeddings.map((short) => {
    const vector = new Float32Array(dimensions)
    vector.set(short)
    return vector
  })
  return { ...result, embeddings }
}
