import { z } from 'zod'
import { TaskId } from './ids.ts'

/** What a BullMQ job carries: enough to run without a database. Exactly one of `input` and `inputKey` is set. */
export const JobPayload = z.object({
  v: z.literal(1),
  taskId: TaskId,
  run: z.number().int().min(1),
  job: z.string(),
  /** The input as JSON text. */
  input: z.string().optional(),
  /** Key in the file store of an input larger than `inlineInputBytes`. */
  inputKey: z.string().optional(),
  /** Attempts that the record had already seen when this job was added; numbering goes on from here. */
  attemptsBefore: z.number().int().min(0),
  /** Attempts allowed in this run. */
  attempts: z.number().int().min(1),
  /** Epoch milliseconds. */
  queuedAt: z.number(),
  traceparent: z.string().optional(),
})
export type JobPayload = z.infer<typeof JobPayload>
