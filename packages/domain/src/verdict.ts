import type { TaskStatus } from '@inferq/contracts'
import type { Task } from './task.ts'

/** A task as those languages see it that know three statuses only. */
export type Verdict = 'pending' | 'success' | 'error'

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

export function verdictOf(task: Ending): Verdict {
  const meaning = meanings[task.status]
  if (meaning !== 'done') return meaning
  const hasSucceeded = task.job === null ? task.error === null : task.result !== null || task.resultKey !== null
  return hasSucceeded ? 'success' : 'error'
}

/** The statuses of tasks with that verdict; of a task that ended without a result only a look at it can tell. */
export const statusesOf = (verdict: Verdict): TaskStatus[] => {
  const meaning = verdict === 'success' ? 'done' : verdict
  return (Object.keys(meanings) as TaskStatus[]).filter((status) => meanings[status] === meaning)
}

/** For people, of a task whose verdict is `error`. */
export function failureText({ status, statusReason, error }: Ending): string {
  if (status === 'stopped') return `the task was stopped: ${statusReason || 'no reason was given'}`
  return error?.message || statusReason || 'the task ended without a result'
}

/** Of a task that has ended: does not move any more, whatever is changed of the task after its end. */
export const endOf = ({ completedAt, statusChangedAt, updatedAt }: Task): Date =>
  completedAt ?? statusChangedAt ?? updatedAt
