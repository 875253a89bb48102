import type { Outcome } from '@inferq/contracts'
import { findTask } from '../find-task.ts'
import type { Ports, TaskQuery } from '../ports.ts'
import { deleteTask } from './delete-task.ts'
import { dequeueTask } from './dequeue-task.ts'
import { enqueueTask, retryTask } from './enqueue-task.ts'
import { pauseQueue } from './pause-queue.ts'
import { recordOutcomes } from './record-outcomes.ts'
import { resetTask } from './reset-task.ts'
import { cancelTask, stopTask } from './stop-task.ts'
import { type Submission, submitTasks } from './submit-tasks.ts'

/** Everything the core can do. Dialects and the native API call these and nothing below them. */
export const createOperations = (ports: Ports) => ({
  submitTasks: (submissions: readonly Submission[]) => submitTasks(ports, submissions),
  findTask: (company: string, id: string) => findTask(ports, company, id),
  listTasks: (company: string, query: TaskQuery) => ports.tasks.listTasks(company, query),
  enqueueTask: (company: string, id: string, queue?: string) => enqueueTask(ports, company, id, queue),
  dequeueTask: (company: string, id: string) => dequeueTask(ports, company, id),
  stopTask: (company: string, id: string, reason?: string) => stopTask(ports, company, id, reason),
  cancelTask: (company: string, id: string) => cancelTask(ports, company, id),
  retryTask: (company: string, id: string) => retryTask(ports, company, id),
  resetTask: (company: string, id: string) => resetTask(ports, company, id),
  deleteTask: (company: string, id: string) => deleteTask(ports, company, id),
  recordOutcomes: (outcomes: readonly Outcome[]) => recordOutcomes(ports, outcomes),
  setQueuePaused: (company: string, name: string, paused: boolean) => pauseQueue(ports, company, name, paused),
})

export type Operations = ReturnType<typeof createOperations>
