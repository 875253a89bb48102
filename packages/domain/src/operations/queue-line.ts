import { DomainError } from '../errors.ts'
import { findDetailedTask, movedMeanwhile } from '../find-task.ts'
import { currentJobId, refOf } from '../job-of-task.ts'
import type { LineMove, Ports } from '../ports.ts'
import type { DetailedTask } from '../task-details.ts'
import { actOnSeen, changeAsSeen } from './act-on-seen.ts'
import { enterQueue } from './enter-queue.ts'
import { leaveLine } from './leave-line.ts'
import { leaveQueueFor } from './leave-queue.ts'
import { changeTask } from './move.ts'
import { findQueueById, queueIdNotFound } from './queue-entries.ts'
import { queueFull } from './queue-room.ts'

/**
 * Puts a task in line without looking at its status, and without asking whether there is such a task; except a native
 * one, which is enqueued as any other, since workers are only heard about a run that the record knows. Throws
 * QUEUE_NOT_FOUND, TASK_ALREADY_QUEUED, QUEUE_FULL, and for a native task what `enterQueue` throws.
 */
export async function addToQueue(
  ports: Ports,
  company: string,
  id: string,
  { queueId, by, updateExecutionQueue }: { queueId: string; by: string; updateExecutionQueue: boolean },
): Promise<void> {
  const queue = await findQueueById(ports, company, queueId)
  const task = await findOwn(ports, company, id)
  if (task && task.job !== null) {
    await enterQueue(ports, company, id, { by, queueId, updateExecutionQueue })
    return
  }
  const { queueCapacity } = ports.limits
  if ((await ports.agentsLine.countEntries(queueId)) >= queueCapacity) throw queueFull(queue.name, queueCapacity)
  if (!task) return addUnknown(ports, queueId, id)
  const moved = await changeTask(ports, company, id, ({ job }) =>
    job !== null
      ? null
      : {
          set: { changedBy: by, ...(updateExecutionQueue ? { queueId } : {}) },
          counts: 'edit',
          enterQueue: queueId,
        },
  )
  if (!moved) throw movedMeanwhile()
}

async function addUnknown({ agentsLine }: Pick<Ports, 'agentsLine'>, queueId: string, id: string): Promise<void> {
  const added = await agentsLine.addEntry(queueId, id)
  if (added === 'no_queue') throw queueIdNotFound(queueId)
  if (added === 'present') throw new DomainError('TASK_ALREADY_QUEUED', 'the task is in this queue already')
}

/**
 * Takes a task out of the line. With `updateStatus` it becomes what it was before it was enqueued, and is on no queue;
 * without, it is as it was, and nobody will deliver it. False: it does not wait in this queue.
 */
export async function removeFromQueue(
  ports: Ports,
  company: string,
  id: string,
  { queueId, by, updateStatus, reason }: { queueId: string; by: string; updateStatus: boolean; reason: string },
): Promise<boolean> {
  await findQueueById(ports, company, queueId)
  if (await ports.agentsLine.removeEntry(queueId, id)) {
    if (updateStatus) await giveUp(ports, company, id, { queueId, by, reason })
    return true
  }
  const task = await findOwn(ports, company, id)
  if (!task || !waitsNatively(task, queueId)) return false
  if (!updateStatus) return withdraw(ports, company, id, { queueId, by })
  return (await giveUp(ports, company, id, { queueId, by, reason })) === 'left'
}

/** `kept`: it is not on this queue, unknown, or a worker has taken it. */
export async function giveUp(
  ports: Ports,
  company: string,
  id: string,
  leave: { queueId: string; by: string; reason: string },
): Promise<'left' | 'kept'> {
  try {
    return (await leaveQueueFor(ports, company, id, leave)) ? 'left' : 'kept'
  } catch (error) {
    if (error instanceof DomainError && isNotInLine(error)) return 'kept'
    throw error
  }
}

const isNotInLine = ({ code }: DomainError) => code === 'TASK_NOT_FOUND' || code === 'TASK_HELD_BY_WORKER'

/** The job goes, the row stays `queued`: marked, so that the reconciler does not make the job again. */
const withdraw = (ports: Ports, company: string, id: string, { queueId, by }: { queueId: string; by: string }) =>
  actOnSeen(ports, company, id, async (seen) => {
    if (!waitsNatively(seen, queueId)) return false
    const place = await leaveLine(ports, seen)
    if (place === 'held') return false
    const moved = await changeAsSeen(ports, seen, place, () => ({
      set: { withdrawn: true, changedBy: by },
      event: { type: 'dequeued', reason: 'taken out of its queue' },
      counts: 'edit',
    }))
    return typeof moved === 'symbol' ? moved : moved !== null
  })

/** Moves a task within its own line. Answers its new place in that line from 0; null: it does not wait in this queue. */
export async function moveInQueue(
  ports: Ports,
  company: string,
  id: string,
  { queueId, to }: { queueId: string; to: LineMove },
): Promise<number | null> {
  await findQueueById(ports, company, queueId)
  const place = await ports.agentsLine.moveEntry(queueId, id, to)
  if (place !== null) return place
  const task = await findOwn(ports, company, id)
  if (!task || !waitsNatively(task, queueId)) return null
  return ports.line.moveJob(refOf(task), currentJobId(task), to)
}

/** A foreign or public task is as good as unknown: here an id is enough. */
const findOwn = (ports: Ports, company: string, id: string): Promise<DetailedTask | null> =>
  findDetailedTask(ports, company, id).catch((error) => {
    if (error instanceof DomainError && error.code === 'TASK_NOT_FOUND') return null
    throw error
  })

export const waitsNatively = (task: DetailedTask, queueId: string): task is DetailedTask & { queue: string } =>
  task.job !== null && task.status === 'queued' && !task.withdrawn && task.queueId === queueId && task.queue !== null
