import { z } from 'zod'
import { Box, ImageInput, maxImagesPerTask } from '../image.ts'
import type { NamedFile } from './define-job.ts'

/**
 * A label to be answered: which of the model's it is, by the id that the model's description gives it, and under which id
 * and name it is answered. They are of the task and not looked up when it is read: what they came from may change.
 */
export const LabelChoice = z.strictObject({ of: z.int(), id: z.int(), name: z.string().min(1) })
export type LabelChoice = z.infer<typeof LabelChoice>

/** What both jobs that recognise things in images are told. */
const recognition = {
  images: z.array(ImageInput).min(1, 'at least 1 image').max(maxImagesPerTask, `at most ${maxImagesPerTask} images`),
  model: z.string().min(1).max(200).optional(),
  /** No other label is answered. Absent: all labels of the model, under their own ids and names. */
  labels: z.array(LabelChoice).min(1).max(100_000).optional(),
  /** By `labels`, or where they are absent by the model's labels, in their order. Absent: the default of the model's kind. */
  thresholds: z.array(z.number().min(0).max(1)).max(100_000).optional(),
  /** Answers labels below their thresholds too, apart. */
  show_discarded: z.boolean().default(false),
  /** How many labels of an image are answered at most, the highest scores first, predicted and discarded together. */
  max_predictions: z.int().min(1).max(100_000).default(100),
}
export const RecognitionInput = z.strictObject(recognition)
export type RecognitionInput = z.output<typeof RecognitionInput>

export const filesOfImages = ({ images }: { images: readonly ImageInput[] }): NamedFile[] =>
  images.flatMap(({ source }, index) =>
    'file' in source ? [{ key: source.file, path: ['images', index, 'source', 'file'] }] : [],
  )

export const Hypothesis = z.object({
  label_id: z.int(),
  label_name: z.string(),
  score: z.number(),
  threshold: z.number(),
})
export type Hypothesis = z.infer<typeof Hypothesis>

/** `region` tells which labels are about the same thing. */
export const BoxedHypothesis = Hypothesis.extend({ region: z.int(), box: Box })
export type BoxedHypothesis = z.infer<typeof BoxedHypothesis>

/** One element per image, in order; each list by falling score, ties by rising label id. */
export const recognitionResult = <Item extends z.ZodType>(item: Item) =>
  z.object({
    model: z.string(),
    images: z.array(z.object({ predicted: z.array(item), discarded: z.array(item) })),
  })
