import { z } from 'zod'

/** One thing wrong with a request: where, what, and what would be right. */
export const FieldIssue = z
  .object({
    field: z.string().meta({ description: 'Path of the field, such as `input.texts[0]`; empty for the whole body.' }),
    problem: z.string(),
  })
  .meta({ id: 'FieldIssue' })
export type FieldIssue = z.infer<typeof FieldIssue>

export const ApiError = z
  .object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      issues: z.array(FieldIssue).optional(),
    }),
  })
  .meta({ id: 'ApiError' })
export type ApiError = z.infer<typeof ApiError>
