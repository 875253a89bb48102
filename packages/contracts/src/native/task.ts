import { z } from 'zod'
import { QueueName, TaskId } from '../ids.ts'
import { TaskError } from '../job-error.ts'
import { Json } from '../json.ts'
import { maxAttempts, maxTasksPerBatch, priorities } from '../limits.ts'
import { Progress } from '../outcome.ts'
import { TaskStatus } from '../task-status.ts'
import { ApiError } from './error.ts'

const Timestamp = z.iso.datetime()
export const Tag = z.string().trim().min(1).max(100)

export const SubmitTask = z
  .strictObject({
    job: z.string().min(1).meta({ description: 'The kind of job, such as `embed.text`.' }),
    // Held against the job's own schema later; it came out of a JSON parser, so it is JSON.
    input: z
      .record(z.string(), z.unknown())
      .meta({ description: 'What the job works on; each job has its own schema.' }),
    queue: QueueName.optional().meta({ description: 'Made on first use; `default` when absent.' }),
    priority: z
      .number()
      .int()
      .min(priorities.first)
      .max(priorities.last)
      .optional()
      .meta({ description: `1 is served first; ${priorities.usual} when absent.` }),
    name: z.string().trim().min(1).max(200).optional(),
    tags: z.array(Tag).max(50).optional(),
    expires_in: z
      .number()
      .int()
      .min(1)
      .max(31_536_000)
      .optional()
      .meta({ description: 'Seconds; a task that has not started by then is stopped.' }),
    attempts: z.number().int().min(1).max(maxAttempts).optional(),
  })
  .meta({ id: 'SubmitTask', examples: [{ job: 'embed.text', input: { texts: ['The red fox sleeps.'] } }] })
export type SubmitTask = z.input<typeof SubmitTask>

export const AttemptView = z
  .object({
    run: z.number().int(),
    attempt: z.number().int(),
    state: z.enum(['running', 'succeeded', 'failed', 'stopped', 'lost']),
    worker: z.string(),
    started_at: Timestamp,
    ended_at: Timestamp.nullable(),
    error: TaskError.nullable(),
    next_attempt_at: Timestamp.nullable().meta({ description: 'After a transient failure: when the next one starts.' }),
  })
  .meta({ id: 'Attempt' })
export type AttemptView = z.infer<typeof AttemptView>

export const WaitReason = z
  .object({
    code: z.enum(['no_watcher', 'paused', 'behind', 'next', 'retry', 'redelivery', 'agent', 'queue_unreachable']),
    message: z.string(),
  })
  .meta({ id: 'WaitReason' })
export type WaitReason = z.infer<typeof WaitReason>

export const TaskView = z
  .object({
    id: TaskId,
    number: z.number().int().meta({ description: 'Decimal sequence number of the task on this server.' }),
    name: z.string(),
    job: z.string().nullable(),
    status: TaskStatus,
    status_reason: z.string(),
    status_message: z.string(),
    queue: z.string().nullable(),
    priority: z.number().int(),
    tags: z.array(z.string()),
    run: z.number().int(),
    position: z.number().int().nullable().meta({ description: 'While queued: how many tasks are served before it.' }),
    waits_for: WaitReason.nullable(),
    attempts_allowed: z.number().int(),
    attempts: z.array(AttemptView),
    progress: Progress.nullable(),
    timings: z
      .object({
        waiting_ms: z.number().nullable(),
        preparing_ms: z.number().nullable(),
        computing_ms: z.number().nullable(),
      })
      .meta({ description: 'Of the latest attempt: in the queue, getting ready, on the engine.' }),
    input: Json.optional(),
    result: Json.nullable().optional().meta({ description: 'Left out in lists, as is `input`.' }),
    error: TaskError.nullable(),
    created_at: Timestamp,
    queued_at: Timestamp.nullable(),
    started_at: Timestamp.nullable(),
    completed_at: Timestamp.nullable(),
    updated_at: Timestamp,
    expires_at: Timestamp.nullable(),
  })
  .meta({ id: 'Task' })
export type TaskView = z.infer<typeof TaskView>

export const TaskPage = z
  .object({ tasks: z.array(TaskView), next_cursor: z.string().nullable() })
  .meta({ id: 'TaskPage' })
export type TaskPage = z.infer<typeof TaskPage>

export const SubmitBatch = z.strictObject({ tasks: z.array(z.unknown()).min(1).max(maxTasksPerBatch) }).meta({
  id: 'SubmitBatch',
  description: 'Each item is a SubmitTask; a wrong one is answered in its place and costs the others nothing.',
})

export const BatchItem = z
  .object({ status: z.number().int(), task: TaskView.optional(), error: ApiError.shape.error.optional() })
  .meta({ id: 'BatchItem' })
export const BatchAnswer = z.object({ items: z.array(BatchItem) }).meta({ id: 'BatchAnswer' })
export type BatchAnswer = z.infer<typeof BatchAnswer>

/** One step in a task's life, in order; `id` is what an SSE client sends back as `Last-Event-ID`. */
export const TaskEventView = z
  .object({
    id: z.number().int(),
    type: z.enum([
      'queued',
      'started',
      'retrying',
      'succeeded',
      'failed',
      'stopping',
      'stopped',
      'dequeued',
      'reset',
      'redelivered',
      'progress',
    ]),
    at: Timestamp,
    run: z.number().int(),
    status: TaskStatus,
    attempt: z.number().int().optional(),
    worker: z.string().optional(),
    error: TaskError.optional(),
    next_attempt_at: Timestamp.optional(),
    reason: z.string().optional(),
    progress: Progress.optional(),
  })
  .meta({ id: 'TaskEvent' })
export type TaskEventView = z.infer<typeof TaskEventView>
