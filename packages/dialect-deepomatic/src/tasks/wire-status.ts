import type { TaskStatus } from '@inferq/contracts'
import type { Task } from '@inferq/domain'

export type WireStatus = 'pending' | 'success' | 'error'

type Ending = Pick<Task, 'status' | 'statusReason' | 'error' | 'job' | 'result' | 'resultKey'>

const meanings = {
  created: 'pending',
  queued: 'pending',
  in_progress: 'pending',
  // Nobody will ever say more of it.
  unknown: 'error',
  failed: 'error',
  stopped: 'error',
  completed: 'done',
  // Any task that has ended can become one of these.
  closed: 'done',
  publishing: 'done',
  published: 'done',
} as const satisfies Record<TaskStatus, 'pending' | 'error' | 'done'>

export function wireStatus(task: Ending): WireStatus {
  const meaning = meanings[task.status]
  if (meaning !== 'done') return meaning
  const hasSucceeded = task.job === null ? task.error === null : task.result !== null || task.resultKey !== null
  return hasSucceeded ? 'success' : 'error'
}

/** For people, of a task whose status is `error`. */
export function errorText({ status, statusReason, error }: Ending): string {
  if (status === 'stopped') return `the task was stopped: ${statusReason || 'no reason was given'}`
  return error?.message || statusReason || 'the task ended without a result'
}
