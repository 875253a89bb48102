import { taskStatuses } from '@inferq/contracts'
import { DomainError } from '../errors.ts'
import { findTask, movedMeanwhile } from '../find-task.ts'
import type { Ports } from '../ports.ts'
import { heldByWorker, leaveLine } from './leave-line.ts'

/** Deletes a task with its files. One that runs must be stopped first; a published one stays. */
export async function deleteTask(ports: Ports, company: string, id: string): Promise<void> {
  const task = await findTask(ports, company, id)
  if (task.status === 'in_progress') {
    throw new DomainError('TASK_TRANSITION_FORBIDDEN', 'cannot delete a task that is in_progress; stop it first')
  }
  if (task.status === 'published' || task.status === 'publishing') {
    throw new DomainError('TASK_TRANSITION_FORBIDDEN', `cannot delete a task that is ${task.status}`)
  }
  if (task.status === 'queued' && (await leaveLine(ports, task)) === 'held') throw heldByWorker('delete')
  const statuses = taskStatuses.filter((status) => status === task.status)
  const deleted = await ports.tasks.deleteTask(company, id, { statuses, run: task.run })
  if (!deleted) throw movedMeanwhile()
  await Promise.all([deleted.inputKey, deleted.resultKey].map((key) => key && ports.files.delete(key)))
}
