import { findTask, movedMeanwhile } from '../find-task.ts'
import type { Ports } from '../ports.ts'
import type { Task } from '../task.ts'
import { nextStatus } from '../transitions.ts'
import { heldByWorker } from './leave-line.ts'
import { leaveQueue } from './leave-queue.ts'

/** Takes a waiting task off its queue; it goes back to what it was before. Throws TASK_HELD_BY_WORKER. */
export async function dequeueTask(ports: Ports, company: string, id: string): Promise<Task> {
  const { status, user } = await findTask(ports, company, id)
  nextStatus(status, 'dequeue')
  if (status !== 'queued') throw heldByWorker('dequeue')
  const moved = await leaveQueue(ports, company, id, { by: user, fromAllQueues: true })
  if (!moved) throw movedMeanwhile()
  return moved.task
}
