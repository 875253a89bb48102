import { isLive } from '@inferq/contracts'
import { DomainError } from '../errors.ts'
import { findTask, movedMeanwhile } from '../find-task.ts'
import { currentJobId, isDeliverable, refOf } from '../job-of-task.ts'
import type { Ports } from '../ports.ts'
import { stoppingMessage, type Task } from '../task.ts'
import { nextStatus } from '../transitions.ts'
import { leaveLine } from './leave-line.ts'

/** How often a stop looks again when the task moves under its hands: queued, taken, back for a retry, ... */
const maxLooks = 3

/**
 * Ends a task. One that no worker holds is stopped at once; on one that runs this is a request: the row says
 * `stopping`, the worker aborts and reports `stopped`. A task that is stopped already stays so.
 */
export async function stopTask(
  ports: Ports,
  company: string,
  id: string,
  reason = 'stopped by request',
): Promise<Task> {
  for (let look = 1; look <= maxLooks; look++) {
    const task = await findTask(ports, company, id)
    nextStatus(task.status, 'stop')
    if (task.status === 'stopped') return task
    const moved = await tryStop(ports, task, reason)
    if (moved) return moved
  }
  throw movedMeanwhile()
}

/** Stops a task that is not done yet. One that failed or has a result has nothing to cancel. */
export async function cancelTask(ports: Ports, company: string, id: string): Promise<Task> {
  const { status } = await findTask(ports, company, id)
  if (!isLive(status) && status !== 'stopped') {
    throw new DomainError('TASK_TRANSITION_FORBIDDEN', `cannot cancel a task that is ${status}`)
  }
  return stopTask(ports, company, id, 'cancelled by request')
}

async function tryStop(ports: Ports, task: Task, reason: string): Promise<Task | null> {
  const place = await leaveLine(ports, task)
  // Absent while the row says `in_progress`: the worker's last word is on its way, or the job was lost. Both end.
  const isNobodys = place === 'removed' || (place === 'absent' && task.status !== 'in_progress')
  if (isNobodys) return stopNow(ports, task, reason)
  if (isDeliverable(task)) await ports.line.requestStop(refOf(task), currentJobId(task))
  if (task.statusMessage === stoppingMessage) return task
  return ports.tasks.updateTask(
    task.company,
    task.id,
    { statuses: ['queued', 'in_progress'], run: task.run },
    { statusMessage: stoppingMessage, statusReason: reason },
    { type: 'stopping', reason },
  )
}

const stopNow = (ports: Ports, task: Task, reason: string) =>
  ports.tasks.updateTask(
    task.company,
    task.id,
    { statuses: [task.status], run: task.run },
    {
      status: 'stopped',
      statusReason: reason,
      statusMessage: '',
      completedAt: 'now',
      nextAttemptAt: null,
      error: null,
    },
    { type: 'stopped', reason },
  )
