import { type Box, type BoxedHypothesis, type Hypothesis, JobError } from '@inferq/contracts'
import type { FoundRegion } from '@inferq/engines'
import type { AskedLabel } from './labels.ts'

/** What a model's scores of one image say, label by label. Throws RESULT_INVALID unless there is one number for each. */
export function* hypothesesOf(scores: Float32Array, labels: readonly (AskedLabel | null)[]): Iterable<Hypothesis> {
  if (scores.length !== labels.length) {
    throw new JobError('RESULT_INVALID', `the model gave ${scores.length} scores for ${labels.length} labels`)
  }
  for (const [index, label] of labels.entries()) {
    if (label) yield { ...label, score: scoreOf(scores[index] as number) }
  }
}

/** The same of the regions that it found, which are numbered in their order. */
export function* boxedHypothesesOf(
  regions: readonly FoundRegion[],
  labels: ReadonlyMap<number, AskedLabel | null>,
): Iterable<BoxedHypothesis> {
  for (const [region, found] of regions.entries()) {
    const box = roundedBox(found.box)
    for (const { id, score } of found.labels) {
      const label = labels.get(id)
      if (label === undefined)
        throw new JobError('RESULT_INVALID', `the model gave a label that it does not have: ${id}`)
      if (label) yield { ...label, score: scoreOf(score), region, box }
    }
  }
}

/** Scores are 32-bit numbers: what is beyond six decimals would only be noise, and makes 0.025 less or more than 0.025. */
const scale = 1e6
const rounded = (number: number): number => Math.round(number * scale) / scale

function scoreOf(score: number): number {
  if (!Number.isFinite(score)) throw new JobError('RESULT_INVALID', 'the model gave a score that is not finite')
  return Math.min(1, Math.max(0, rounded(score)))
}

const roundedBox = ({ xmin, ymin, xmax, ymax }: Box): Box => ({
  xmin: rounded(xmin),
  ymin: rounded(ymin),
  xmax: rounded(xmax),
  ymax: rounded(ymax),
})
