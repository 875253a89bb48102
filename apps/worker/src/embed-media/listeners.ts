import type { AudioEngine, SpeechEngine, TextEngine } from '@inferq/engines'
import { Batches } from './batches.ts'
import { checkedVectors } from './checked-vectors.ts'
import { ClipByClip } from './clip-by-clip.ts'
import { MeanVector } from './mean-vector.ts'
import type { Pass } from './pass.ts'
import type { Piece } from './sound-pieces.ts'

/** Makes something of the sound of each clip, of which it gets one piece after the other. */
export interface Listener {
  readonly sampleRate: number
  readonly maxSeconds: number
  /** How many clips are done: the number of the first of which it wants pieces. */
  readonly done: number
  hear(piece: Piece): Promise<void>
  /** There are so many clips, and no further piece of any. */
  end(clips: number): Promise<void>
}

type PassParts = Pick<Pass, 'dimensions' | 'signal' | 'timings' | 'found'>
type Vectors = (Float32Array | null)[]

/** Two batches of half a minute each at 16 kHz are 31 MB. */
const maxPieces = 8
const maxTexts = 16

/** Adds to `vectors` how each clip sounds; null for one without sound. */
export function embedsSound(
  { dimensions, signal, timings, found }: PassParts,
  engine: AudioEngine,
  vectors: Vectors,
): Listener {
  const byClip = new ClipByClip(
    vectors.length,
    () => new MeanVector(),
    (mean) => {
      vectors.push(mean.result())
      found()
    },
  )
  const pieces = new Batches<Piece, Float32Array>({
    maxItems: maxPieces,
    async compute(items) {
      const { embeddings, computingMs } = await engine.embed(samplesOf(items), { signal })
      timings.computingMs += computingMs
      return checkedVectors(embeddings, dimensions)
    },
    async take(vector, { clip, samples }) {
      const mean = await byClip.of(clip)
      mean.add(vector, samples.length)
    },
  })
  return {
    sampleRate: engine.sampleRate,
    maxSeconds: engine.maxSeconds,
    done: vectors.length,
    hear: (piece) => pieces.add(piece),
    async end(clips) {
      await pieces.end()
      await byClip.endBefore(clips)
    },
  }
}

/** Adds to `vectors` the meaning of what is said in each clip; null for one in which nothing is said. */
export function embedsSpeech(
  { dimensions, signal, timings, found }: PassParts,
  { speech, text }: { speech: SpeechEngine; text: TextEngine },
  vectors: Vectors,
): Listener {
  const texts = new Batches<string, Float32Array | null>({
    maxItems: maxTexts,
    async compute(items) {
      const said = items.filter((item) => item !== '')
      if (said.length === 0) return items.map(() => null)
      const { embeddings, computingMs } = await text.embed(said, { signal })
      timings.computingMs += computingMs
      const left = checkedVectors(embeddings, dimensions).values()
      return items.flatMap((item) => (item === '' ? [null] : (left.next().value ?? [])))
    },
    take(vector) {
      vectors.push(vector)
      found()
    },
  })
  const byClip = new ClipByClip<string[]>(
    vectors.length,
    () => [],
    (said) => texts.add(said.join(' ')),
  )
  const pieces = new Batches<Piece, string>({
    maxItems: maxPieces,
    async compute(items) {
      const { texts, computingMs } = await speech.transcribe(samplesOf(items), { signal })
      timings.computingMs += computingMs
      return texts
    },
    async take(said, { clip }) {
      const all = await byClip.of(clip)
      if (said.trim() !== '') all.push(said.trim())
    },
  })
  return {
    sampleRate: speech.sampleRate,
    maxSeconds: speech.maxSeconds,
    done: vectors.length,
    hear: (piece) => pieces.add(piece),
    async end(clips) {
      await pieces.end()
      await byClip.endBefore(clips)
      await texts.end()
    },
  }
}

const samplesOf = (pieces: readonly Piece[]) => pieces.map(({ samples }) => samples)
