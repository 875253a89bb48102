import { z } from 'zod'
import { ImageInput, maxImagesPerTask } from '../image.ts'
import { defineJob } from './define-job.ts'
import { filesOfImages } from './recognise.ts'

/** Images to vectors, one vector per image, in order. Vectors of different models must not be compared. */
export const embedImage = defineJob({
  name: 'embed.image',
  summary: 'Embed 1 to 64 images: one vector per image, in order.',
  input: z.strictObject({
    images: z.array(ImageInput).min(1, 'at least 1 image').max(maxImagesPerTask, `at most ${maxImagesPerTask} images`),
    model: z.string().min(1).max(200).optional(),
  }),
  result: z.object({ model: z.string(), embeddings: z.array(z.array(z.number())) }),
  attempts: 3,
  attemptTimeoutMs: 120_000,
  modelOf: (input) => input.model,
  filesOf: filesOfImages,
})
