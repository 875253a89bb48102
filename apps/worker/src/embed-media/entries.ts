import type { EmbeddingScope, EmbeddingType, MediaEmbedding } from '@inferq/contracts'
import type { Span } from '@inferq/media'
import type { Findings } from './findings.ts'
import { MeanVector } from './mean-vector.ts'

export interface Entry {
  readonly option: MediaEmbedding['embedding_option']
  readonly scope: EmbeddingScope
  readonly span: Span
  readonly vector: Float32Array
}

export interface AskedFor {
  readonly window: Span
  readonly scopes: readonly EmbeddingScope[]
  readonly types: readonly EmbeddingType[]
}

type Vectors = readonly (Float32Array | null)[]

/** One option after the other, each clip by clip and then as a whole, and at last all options together. */
export function* entriesOf({ clips, vectors }: Findings, { window, scopes, types }: AskedFor): Generator<Entry> {
  const all = [...vectors].map(([option, ofClips]) => ({ option, ofClips, whole: wholeOf(ofClips, clips) }))

  function* entries(option: Entry['option'], ofClips: Iterable<Float32Array | null>, whole: Float32Array | null) {
    if (scopes.includes('clip')) {
      let i = 0
      for (const vector of ofClips) {
        const span = clips[i++] as Span
        if (vector) yield { option, scope: 'clip' as const, span, vector }
      }
    }
    if (scopes.includes('asset') && whole) yield { option, scope: 'asset' as const, span: window, vector: whole }
  }

  if (types.includes('separate_embedding')) {
    for (const { option, ofClips, whole } of all) yield* entries(option, ofClips, whole)
  }
  if (!types.includes('fused_embedding')) return
  const fused = clips.keys().map((i) => meanOf(all.map(({ ofClips }) => ofClips[i] ?? null)))
  yield* entries('fused', fused, meanOf(all.map(({ whole }) => whole)))
}

/** A clip counts as long as it is. */
function wholeOf(vectors: Vectors, clips: readonly Span[]): Float32Array | null {
  const mean = new MeanVector()
  for (const [i, { startSec, endSec }] of clips.entries()) {
    const vector = vectors[i]
    if (vector) mean.add(vector, endSec - startSec)
  }
  return mean.result()
}

function meanOf(vectors: Vectors): Float32Array | null {
  const mean = new MeanVector()
  for (const vector of vectors) if (vector) mean.add(vector)
  return mean.result()
}
