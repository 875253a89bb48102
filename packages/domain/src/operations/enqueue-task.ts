import { DomainError } from '../errors.ts'
import { findTask, movedMeanwhile } from '../find-task.ts'
import { isDeliverable, jobOfTask } from '../job-of-task.ts'
import type { Ports } from '../ports.ts'
import type { Task } from '../task.ts'
import { nextStatus } from '../transitions.ts'
import { roomIn } from './queue-room.ts'
import { withoutOutcome } from './without-outcome.ts'

/**
 * Puts a task that is not in line on a queue: its own again, or another. Starts the next run, with all its attempts.
 * Throws TASK_TRANSITION_FORBIDDEN, QUEUE_FULL, TASK_MOVED_MEANWHILE.
 */
export async function enqueueTask(ports: Ports, company: string, id: string, queue?: string): Promise<Task> {
  const task = await findTask(ports, company, id)
  const status = nextStatus(task.status, 'enqueue')
  if (task.status === 'queued') throw new DomainError('TASK_TRANSITION_FORBIDDEN', 'the task is queued already')
  const target = queue ?? task.queue
  if (!target) throw new DomainError('REQUEST_INVALID', 'the task has never been on a queue; name one')
  const full = (await roomIn(ports, [{ company, queue: target }])).take({ company, queue: target })
  if (full) throw full
  const queued = await ports.tasks.updateTask(
    company,
    id,
    { statuses: [task.status], run: task.run },
    {
      status,
      statusReason: '',
      statusMessage: '',
      queue: target,
      run: task.run + 1,
      step: 0,
      enqueueStatus: task.status,
      queuedAt: 'now',
      ...withoutOutcome,
    },
    { type: 'queued' },
  )
  if (!queued) throw movedMeanwhile()
  if (task.resultKey) await ports.files.delete(task.resultKey)
  if (isDeliverable(queued)) {
    await ports.line.addJobs([jobOfTask(queued)]).catch((cause) => ports.onDeferred('job not added', cause))
  }
  return queued
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
