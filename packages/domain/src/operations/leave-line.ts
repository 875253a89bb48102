import { DomainError } from '../errors.ts'
import { currentJobId, isDeliverable, refOf } from '../job-of-task.ts'
import type { Ports } from '../ports.ts'
import type { Task } from '../task.ts'

/**
 * Takes the task's job out of its line. Redis decides the race against the workers: a job that could be removed will
 * never start, one that a worker holds stays. A task without a job is as good as removed.
 */
export async function leaveLine({ line }: Ports, task: Task): Promise<'removed' | 'held' | 'absent'> {
  if (!isDeliverable(task)) return 'absent'
  return line.removeJob(refOf(task), currentJobId(task))
}

export const heldByWorker = (what: string) =>
  new DomainError('TASK_HELD_BY_WORKER', `cannot ${what} the task: a worker holds its job; stop it first`)
