import type { EmbeddingOption } from '@inferq/contracts'
import type { Span } from '@inferq/media'

/** What is known of a medium so far. It is all that a later attempt needs to go on from here. */
export interface Findings {
  /** Those whose bounds are known, in the order of time. */
  readonly clips: Span[]
  /** Whether the window has no further clips. */
  areAllClips: boolean
  /** By option in the order asked: a vector for each clip, as far as that has come; null where a clip has nothing. */
  readonly vectors: ReadonlyMap<EmbeddingOption, (Float32Array | null)[]>
  /** Of the last picture that was embedded: clips in which no new one comes still show it. */
  shown: Float32Array | null
}

/** Of a medium of which nothing is known but its clips, where they do not depend on what it shows. */
export const noFindings = (options: readonly EmbeddingOption[], fixed: Span[] | null): Findings => ({
  clips: fixed ?? [],
  areAllClips: fixed !== null,
  vectors: new Map(options.map((option) => [option, []])),
  shown: null,
})

/** Grows with every clip that is found and every vector that is made. */
export const sizeOf = ({ clips, vectors }: Findings): number =>
  vectors.values().reduce((sum, { length }) => sum + length, clips.length)
