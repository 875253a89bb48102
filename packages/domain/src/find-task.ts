import { TaskId } from '@inferq/contracts'
import { DomainError } from './errors.ts'
import type { Ports } from './ports.ts'
import type { Task } from './task.ts'
import type { DetailedTask } from './task-details.ts'

/** Throws TASK_NOT_FOUND for an unknown id, one that is no id at all, and another company's alike. */
export async function findTask({ tasks }: Pick<Ports, 'tasks'>, company: string, id: string): Promise<Task> {
  const task = TaskId.safeParse(id).success ? await tasks.findTask(company, id) : null
  if (!task) throw taskNotFound(id)
  return task
}

/** The same, with all that people and agents keep on it. A public task is nobody's own. */
export async function findDetailedTask(
  { tasks }: Pick<Ports, 'tasks'>,
  company: string,
  id: string,
): Promise<DetailedTask> {
  const [task] = TaskId.safeParse(id).success ? await tasks.findDetailed(company, [id], 'own') : []
  if (!task) throw taskNotFound(id)
  return task
}

export const taskNotFound = (id: string) =>
  new DomainError('TASK_NOT_FOUND', `there is no task with id "${id.slice(0, 64)}"`)

/** A compare-and-set lost its race: someone else moved the task between the look and the write. */
export const movedMeanwhile = () =>
  new DomainError('TASK_MOVED_MEANWHILE', 'the task changed while the request was being carried out; look again')
