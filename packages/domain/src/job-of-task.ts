import { jobIdOf } from '@inferq/contracts'
import type { JobToAdd, LiveTask, QueueRef } from './ports.ts'
import { attemptOf, type Task } from './task.ts'

/** The fields of a record from which its job can be made again at any time. */
type Deliverable = Pick<
  Task,
  'id' | 'run' | 'step' | 'company' | 'priority' | 'attemptsAllowed' | 'input' | 'inputKey' | 'traceparent'
> & { queue: string; job: string; queuedAt: Date }

/** The delivery of a task's current run. The same record always gives the same job id, so adding twice adds once. */
export function jobOfTask(task: Deliverable | LiveTask): JobToAdd {
  return {
    ref: { company: task.company, queue: task.queue },
    priority: task.priority,
    payload: {
      v: 1,
      taskId: task.id,
      run: task.run,
      job: task.job,
      ...(task.inputKey === null ? { input: task.input ?? '{}' } : { inputKey: task.inputKey }),
      attemptsBefore: attemptOf(task),
      attempts: task.attemptsAllowed,
      queuedAt: task.queuedAt.getTime(),
      ...(task.traceparent === null ? {} : { traceparent: task.traceparent }),
    },
  }
}

/** A native task that has been on a queue; only such a one has a job. */
export const isDeliverable = (task: Task): task is Task & Deliverable =>
  task.job !== null && task.queue !== null && task.queuedAt !== null

export const refOf = (task: { company: string; queue: string }): QueueRef => ({
  company: task.company,
  queue: task.queue,
})

export const currentJobId = (task: Pick<Task, 'id' | 'run'>): string => jobIdOf(task.id, task.run)
