import { z } from 'zod'
import { boundedJson } from './bounded-json.ts'

const fraction = z.number().min(0, 'from 0 to 1').max(1, 'from 0 to 1')
const thresholds = z.array(fraction).optional()

/** Names of tensors and the like, which only the model's own runtime needs to know, are kept as they came. */
const Classification = z.object({ output_tensor: z.string().optional(), thresholds }).catchall(boundedJson)
const Detection = z.object({ thresholds, nms_threshold: fraction.optional() }).catchall(boundedJson)

/** What is made of a model's scores: one threshold for each label of the spec, in the order of those labels. */
export const PostProcessing = z
  .strictObject({ classification: Classification.optional(), detection: Detection.optional() })
  .refine(({ classification, detection }) => (classification === undefined) !== (detection === undefined), {
    message: 'expected exactly one of classification and detection',
  })
export type PostProcessing = z.infer<typeof PostProcessing>

export const VersionToCreate = z.object({
  spec_id: z.int(),
  network_id: z.int(),
  post_processings: z.array(PostProcessing),
})
