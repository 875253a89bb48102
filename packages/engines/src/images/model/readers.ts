import type { Label } from '@inferq/contracts'
import type { Computed, ImageJob } from '../messages.ts'
import { type Outputs, rowOf } from './outputs.ts'
import { regionsOfPeaks, regionsOfQueries } from './regions.ts'
import { sigmoid, softmax } from './scores.ts'
import { vectorsIn } from './vectors.ts'

/** What a model's files say about what it puts out. */
export interface Said {
  readonly modelType: unknown
  readonly namesById: ReadonlyMap<number, string>
  readonly isMultiLabel: boolean
  /** Where its vectors are, if it is known. */
  readonly vectorOutputs: readonly string[] | undefined
}

type Read = (outputs: Outputs, index: number) => Computed

export interface Readers {
  readonly byJob: ReadonlyMap<ImageJob, Read>
  readonly labels: readonly Label[]
  readonly dimensions: number | null
}

/** How what is asked for is read from what this model puts out, judged by what it put out once. */
export function readersOf(outputs: Outputs, { modelType, namesById, isMultiLabel, vectorOutputs }: Said): Readers {
  const { logits, pred_boxes, peak_boxes } = outputs
  const counted = logits?.dims.at(-1) ?? 0
  // With boxes, a network that counts one label more than it has names for means "nothing" by the last.
  const hasNothing = pred_boxes !== undefined && counted > namesById.size
  const toScores = isMultiLabel ? sigmoid : softmax
  const regionsOf = pred_boxes ? regionsOfQueries(hasNothing) : peak_boxes ? regionsOfPeaks : undefined
  const vectors = vectorsIn(outputs, modelType, vectorOutputs)

  const byJob = new Map<ImageJob, Read>()
  if (logits?.dims.length === 2)
    byJob.set('classify.image', (batch, index) => ({ job: 'classify.image', scores: toScores(logitsOf(batch, index)) }))
  if (regionsOf)
    byJob.set('detect.image', (batch, index) => ({ job: 'detect.image', regions: regionsOf(batch, index) }))
  if (vectors) byJob.set('embed.image', (batch, index) => ({ job: 'embed.image', vector: vectors.of(batch, index) }))

  const labels = Array.from({ length: counted - (hasNothing ? 1 : 0) }, (_, id) => ({
    id,
    name: namesById.get(id) ?? `${id}`,
  }))
  return { byJob, labels, dimensions: vectors?.dimensions ?? null }
}

function logitsOf({ logits }: Outputs, index: number): Float32Array {
  if (!logits) throw new Error('the model gives no logits')
  return rowOf(logits, index)
}
