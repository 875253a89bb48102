import { z } from 'zod'
import { defineJob } from './define-job.ts'

export const maxTextsPerTask = 256
export const maxTextLength = 20_000

const Text = z
  .string()
  .max(maxTextLength, `a text has at most ${maxTextLength} characters`)
  .refine((text) => text.trim().length > 0, 'a text has at least one character that is not white space')

/** Texts to vectors, one vector per text, in order. Vectors of different models must not be compared. */
export const embedText = defineJob({
  name: 'embed.text',
  summary: 'Embed 1 to 256 texts: one vector per text, in order.',
  input: z.strictObject({
    texts: z.array(Text).min(1, 'at least 1 text').max(maxTextsPerTask, `at most ${maxTextsPerTask} texts`),
    model: z.string().min(1).max(200).optional(),
  }),
  result: z.object({ model: z.string(), embeddings: z.array(z.array(z.number())) }),
  attempts: 3,
  attemptTimeoutMs: 120_000,
  modelOf: (input) => input.model,
})
