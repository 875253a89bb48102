import { z } from 'zod'
import { jobErrorCodes } from '../job-error.ts'
import { defineJob } from './define-job.ts'

/** Returns its input. For tests and load only: it costs no engine, waits on demand and fails on demand. */
export const echo = defineJob({
  name: 'echo',
  summary: 'Return the input; for tests and load. `delay_ms` makes it wait, `fail` makes it fail.',
  input: z
    .object({
      delay_ms: z.number().int().min(0).max(600_000).optional(),
      fail: z
        .union([
          z.boolean(),
          z.strictObject({
            code: z.enum(jobErrorCodes).optional(),
            message: z.string().max(1_000).optional(),
            /** Fail only while the attempt number is at most this. */
            attempts: z.number().int().min(1).optional(),
          }),
        ])
        .optional(),
    })
    .loose(),
  result: z.record(z.string(), z.unknown()),
  attempts: 3,
  attemptTimeoutMs: 660_000,
})
