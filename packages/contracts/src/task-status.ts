import { z } from 'zod'

/** Every status a task can have: ClearML's, which are the richest of the three wire languages. */
export const taskStatuses = [
  'created',
  'queued',
  'in_progress',
  'stopped',
  'published',
  'publishing',
  'closed',
  'failed',
  'completed',
  'unknown',
] as const

export const TaskStatus = z.enum(taskStatuses)
export type TaskStatus = z.infer<typeof TaskStatus>

/** A run in one of these is still to be waited for; in any other it has ended or never started. */
export const liveStatuses = ['queued', 'in_progress'] as const satisfies readonly TaskStatus[]

export const isLive = (status: TaskStatus): boolean => (liveStatuses as readonly TaskStatus[]).includes(status)
