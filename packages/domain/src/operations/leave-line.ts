import { isLive } from '@inferq/contracts'
import { DomainError } from '../errors.ts'
import { currentJobId, isDeliverable, refOf } from '../job-of-task.ts'
import type { Ports } from '../ports.ts'
import type { Task } from '../task.ts'

/** `absent`: it has no job in the native line. `held`: a worker has it. */
export type Place = 'removed' | 'held' | 'absent'

/**
 * Takes the task's job out of its line. Redis decides the race against the workers: a job that could be removed will
 * never start, one that a worker holds stays. A task without a job is as good as removed.
 */
export async function leaveLine({ line }: Pick<Ports, 'line'>, task: Task): Promise<Place> {
  if (!isLive(task.status) || !isDeliverable(task)) return 'absent'
  return line.removeJob(refOf(task), currentJobId(task))
}

/** The same for a move that cannot be made while a worker holds the job. Throws TASK_HELD_BY_WORKER. */
export async function leaveLineOrRefuse(ports: Pick<Ports, 'line'>, task: Task, what: string): Promise<Place> {
  const place = await leaveLine(ports, task)
  if (place === 'held') throw heldByWorker(what)
  return place
}

/** The same for a move that ends a run: only of a task that runs may a worker hold the job, and has to let it go then. */
export async function leaveLineOrEnd(ports: Pick<Ports, 'line'>, task: Task, what: string): Promise<Place> {
  return task.status === 'in_progress' ? leaveLine(ports, task) : leaveLineOrRefuse(ports, task, what)
}

/** Asks the worker that holds the job of a task that has been ended; what it reports then changes nothing any more. */
export async function letGo(ports: Pick<Ports, 'line' | 'onDeferred'>, task: Task): Promise<void> {
  if (!isDeliverable(task)) return
  await ports.line
    .requestStop(refOf(task), currentJobId(task))
    .catch((cause) => ports.onDeferred('worker not asked to let go', cause))
}

export const heldByWorker = (what: string) =>
  new DomainError('TASK_HELD_BY_WORKER', `cannot ${what} the task: a worker holds its job; stop it first`)
