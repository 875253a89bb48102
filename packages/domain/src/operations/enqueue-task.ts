import { DomainError } from '../errors.ts'
import { findTask } from '../find-task.ts'
import type { Ports } from '../ports.ts'
import type { Task } from '../task.ts'
import { nextStatus } from '../transitions.ts'
import { enterQueue } from './enter-queue.ts'

/**
 * Puts a task that is not in line on a queue: its own again, or another, made on first use. Starts the next run, with
 * all its attempts. Throws TASK_TRANSITION_FORBIDDEN, QUEUE_FULL, TOO_MANY_QUEUES, TASK_MOVED_MEANWHILE, INPUT_INVALID.
 */
export async function enqueueTask(ports: Ports, company: string, id: string, queue?: string): Promise<Task> {
  const task = await findTask(ports, company, id)
  nextStatus(task.status, 'enqueue')
  if (task.status === 'queued') throw new DomainError('TASK_TRANSITION_FORBIDDEN', 'the task is queued already')
  const target = queue ?? task.queue
  if (!target) throw new DomainError('REQUEST_INVALID', 'the task has never been on a queue; name one')
  const { id: queueId } = await ports.queues.ensureQueue(company, target)
  return (await enterQueue(ports, company, id, { by: task.user, queueId })).task
}

/** Runs a task again that failed or was stopped. A completed one keeps its result: reset it, or submit another. */
export async function retryTask(ports: Ports, company: string, id: string): Promise<Task> {
  const task = await findTask(ports, company, id)
  if (task.status !== 'failed' && task.status !== 'stopped') {
    throw new DomainError(
      'TASK_TRANSITION_FORBIDDEN',
      `cannot retry a task that is ${task.status}; only a failed or stopped one`,
    )
  }
  return enqueueTask(ports, company, id)
}
