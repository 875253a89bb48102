import { z } from 'zod'
import { ImageInput } from '../image.ts'
import { defineJob } from './define-job.ts'
import { maxTextLength } from './embed-text.ts'
import { filesOfImages } from './recognise.ts'

const maxImages = 10

/**
 * A text and images to one vector: the mean of theirs, at length 1. It says something only with a model that has texts and
 * images in one space.
 */
export const embedCombined = defineJob({
  name: 'embed.combined',
  summary: 'Embed a text and up to 10 images together: one vector.',
  input: z
    .strictObject({
      text: z.string().max(maxTextLength, `a text has at most ${maxTextLength} characters`).optional(),
      images: z.array(ImageInput).max(maxImages, `at most ${maxImages} images`).default([]),
      model: z.string().min(1).max(200).optional(),
    })
    .refine(({ text, images }) => Boolean(text?.trim()) || images.length > 0, 'neither a text nor an image'),
  result: z.object({ model: z.string(), embedding: z.array(z.number()) }),
  attempts: 3,
  attemptTimeoutMs: 120_000,
  modelOf: (input) => input.model,
  filesOf: filesOfImages,
})
