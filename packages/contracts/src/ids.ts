import { z } from 'zod'

/** A task's id: a UUIDv7 written as 32 lower-case hex digits, so ids sort by the time they were made. */
export const TaskId = z.string().regex(/^[0-9a-f]{32}$/, 'a task id is 32 lower-case hex digits')
export type TaskId = z.infer<typeof TaskId>

export const defaultQueueName = 'default'
export const maxQueueNameLength = 100

export const QueueName = z
  .string()
  .min(1, 'a queue name has at least 1 character')
  .max(maxQueueNameLength, `a queue name has at most ${maxQueueNameLength} characters`)
  .regex(/^[A-Za-z0-9 ._-]*$/, 'a queue name has letters, digits, space, ".", "_" and "-" only')
  .refine((name) => name.trim() === name, 'a queue name neither starts nor ends with a space')
export type QueueName = z.infer<typeof QueueName>

/** The tenant that a server starts with; a worker serves it unless it is told another. */
export const defaultCompanyId = '00000000000000000000000000000001'

/** One run's delivery on a queue. The run is part of the id because BullMQ ignores an id that it still keeps. */
export const jobIdOf = (taskId: TaskId, run: number) => `${taskId}-${run}`

export function parseJobId(jobId: string): { taskId: TaskId; run: number } | null {
  const match = /^([0-9a-f]{32})-(\d+)$/.exec(jobId)
  return match ? { taskId: match[1] as string, run: Number(match[2]) } : null
}

/** Key in the file store of what the attempts of a run keep for those after them; see `JobDefinition.keepsPartials`. */
export const partialsKeyOf = (taskId: TaskId, run: number) => `partials/${jobIdOf(taskId, run)}`
