import { findTask, movedMeanwhile } from '../find-task.ts'
import type { Ports } from '../ports.ts'
import type { Task } from '../task.ts'
import { nextStatus } from '../transitions.ts'
import { heldByWorker, leaveLine } from './leave-line.ts'

/** Takes a waiting task off its queue; it goes back to what it was before. Throws TASK_HELD_BY_WORKER. */
export async function dequeueTask(ports: Ports, company: string, id: string): Promise<Task> {
  const task = await findTask(ports, company, id)
  const status = task.enqueueStatus ?? nextStatus(task.status, 'dequeue')
  if (task.status !== 'queued' || (await leaveLine(ports, task)) === 'held') throw heldByWorker('dequeue')
  const dequeued = await ports.tasks.updateTask(
    company,
    id,
    { statuses: ['queued'], run: task.run },
    { status, statusReason: '', statusMessage: '', enqueueStatus: null },
    { type: 'dequeued' },
  )
  if (!dequeued) throw movedMeanwhile()
  return dequeued
}
