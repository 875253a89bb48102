import { type ImageModelDescription, Label } from '@inferq/contracts'
import { z } from 'zod'
import { boundedJson } from './bounded-json.ts'

/** Each id once. A name may come twice: some models have two labels of one name. */
const Labels = z
  .array(Label.extend({ name: z.string().trim().min(1, 'must not be empty').max(1_000) }))
  .min(1, 'at least 1 label')
  .max(100_000)
  .superRefine((labels, context) => {
    const places = new Map<number, number>()
    for (const [place, { id }] of labels.entries()) {
      const first = places.get(id)
      if (first === undefined) places.set(id, place)
      else
        context.addIssue({
          code: 'custom',
          path: [place, 'id'],
          message: `${id} is the id of labels[${first}] already`,
        })
    }
  })

const Output = z.object({
  labels: z.object({
    /** Boxes, or labels for the image as a whole. */
    roi: z.enum(['NONE', 'BBOX']),
    /** One label excludes the others. */
    exclusive: z.boolean(),
    labels: Labels,
  }),
})
export type Output = z.infer<typeof Output>

export const Outputs = z.tuple([Output], 'expected a list of exactly 1 output')

/** What finds out what the output says. */
export const jobOf = ({ labels }: Output): ImageModelDescription['job'] =>
  labels.roi === 'BBOX' ? 'detect.image' : 'classify.image'

const name = z.string().trim().min(1, 'must not be empty').max(1_000)
const description = z.string().max(10_000)
const metadata = z.record(z.string(), boundedJson)

export const SpecToCreate = z.object({
  name,
  description: description.default(''),
  metadata: metadata.default({}),
  outputs: Outputs,
})

/** Whatever else is sent is what a client read before, and sends back. */
export const SpecChanges = z.object({
  name: name.optional(),
  description: description.optional(),
  metadata: metadata.optional(),
  current_version_id: z.int().nullish(),
  outputs: z.unknown().optional(),
})
