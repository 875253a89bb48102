import { Box, maxImagesPerTask, Point } from '@inferq/contracts'
import { z } from 'zod'
import { Source } from './source.ts'

/** More predictions than any model has labels; more are asked for in vain. */
const mostPredictions = 100_000

const Image = z.strictObject(
  {
    source: Source,
    bbox: Box.nullish(),
    polygon: z.array(Point).min(3, 'must have at least 3 points').max(1_000, 'must have at most 1000 points').nullish(),
    /** Taken and not looked at, as the contract allows. */
    crop_uniform_background: z.boolean('must be true or false').nullish(),
  },
  'must be an object with a source: images are all that can be looked at',
)

/** What an inference is asked with, by JSON or as a form. */
export const InferenceRequest = z.object(
  {
    inputs: z
      .array(z.strictObject({ image: Image }, 'must be an object with an image'), 'must be an array of inputs')
      .min(1, 'must hold at least 1 input')
      .max(maxImagesPerTask, `must hold at most ${maxImagesPerTask} inputs`),
    show_discarded: z
      .boolean('must be true or false')
      .nullish()
      .transform((value) => value ?? false),
    max_predictions: z
      .int('must be a whole number')
      .min(1, 'must be 1 or more')
      .nullish()
      .transform((value) => Math.min(value ?? 100, mostPredictions)),
  },
  'must be a JSON object, or a form, with inputs',
)
export type InferenceRequest = z.output<typeof InferenceRequest>
