import { defaultThreshold } from '@inferq/contracts'
import { ApiError } from '../errors/api-error.ts'
import type { Output } from './spec-schema.ts'
import type { PostProcessing } from './version-schema.ts'

/** As it is kept: with a threshold for every label of the output. Throws 400, naming the field, unless it fits. */
export function completed(postProcessing: PostProcessing, output: Output, field: string): PostProcessing {
  const { roi, labels } = output.labels
  const kind = kindOf(output)
  const given = postProcessing[kind]
  if (!given) throw new ApiError(400, `${field}: must be {"${kind}": …}, since the specification's roi is ${roi}`)
  const usual = usualThreshold(output)
  const thresholds = given.thresholds ?? labels.map(() => usual)
  if (thresholds.length !== labels.length) {
    const counts = `${thresholds.length} for ${labels.length} labels`
    throw new ApiError(400, `${field}.${kind}.thresholds: ${counts}; give one per label, or none for ${usual} each`)
  }
  return { [kind]: { ...given, thresholds } }
}

/** By the labels of the output. */
export const thresholdsOf = (postProcessing: PostProcessing, output: Output): readonly number[] =>
  postProcessing[kindOf(output)]?.thresholds ?? output.labels.labels.map(() => usualThreshold(output))

const kindOf = ({ labels }: Output) => (labels.roi === 'BBOX' ? 'detection' : 'classification')

const usualThreshold = ({ labels: { roi, exclusive } }: Output): number =>
  defaultThreshold({ boxes: roi === 'BBOX', exclusive })
