import type { TaskId, TaskStatus } from '@inferq/contracts'
import type { Ports, TaskChange } from '../ports.ts'
import type { DetailedTask } from '../task-details.ts'
import { nextStatus, sourcesOf } from '../transitions.ts'
import { actOnSeen, changeAsSeen, lookAgain } from './act-on-seen.ts'
import { leaveLineOrRefuse } from './leave-line.ts'
import { type Move, type Moved, movedBy } from './move.ts'

export interface Leave extends Move {
  /** What the task is afterwards; absent: what it was before it was enqueued. */
  newStatus?: TaskStatus
  fromAllQueues?: boolean
}

/**
 * Takes a task off its queue, also one that runs already. Null: it was neither queued nor running, so it is only sure to
 * be in no line. Throws TASK_HELD_BY_WORKER when a worker of ours has its job.
 */
export function leaveQueue(ports: Ports, company: string, id: string, leave: Leave): Promise<Moved | null> {
  return actOnSeen(ports, company, id, async (seen) => {
    if (!sourcesOf('dequeue').includes(seen.status)) {
      const left = await changeAsSeen(ports, seen, 'absent', (task) => ({
        ...{ set: {}, counts: 'nothing' },
        ...(leave.fromAllQueues ? { leaveQueues: 'all' } : leaveOwn(task)),
      }))
      return left === lookAgain ? lookAgain : null
    }
    const place = await leaveLineOrRefuse(ports, seen, 'dequeue')
    return changeAsSeen(ports, seen, place, (task) => {
      const status = leave.newStatus ?? statusBefore(task)
      return {
        set: { ...movedBy(leave), ...offLine(task, status) },
        event: { type: 'dequeued', ...(leave.reason ? { reason: leave.reason } : {}) },
        counts: 'status',
        ...(leave.fromAllQueues ? { leaveQueues: 'all' } : leaveOwn(task)),
      }
    })
  })
}

/** The task's queue goes, or gives the task up: it is what it was before, and on no queue. Null: it is on another one. */
export function leaveQueueFor(
  ports: Ports,
  company: string,
  id: string,
  { queueId, by, reason }: { queueId: string; by: string; reason: string },
): Promise<Moved | null> {
  return actOnSeen(ports, company, id, async (seen) => {
    if (seen.queueId !== queueId) return null
    const place = await leaveLineOrRefuse(ports, seen, 'dequeue')
    return changeAsSeen(ports, seen, place, (task) => ({
      set: { ...movedBy({ by, reason }), ...offLine(task, statusBefore(task)), queueId: null },
      event: { type: 'dequeued', reason },
      counts: 'status',
      leaveQueues: { queueId },
    }))
  })
}

/** Takes an id that no task has out of the agents' lines of all the company's queues. */
export async function leaveAgentsLines(
  { queues, agentsLine }: Pick<Ports, 'queues' | 'agentsLine'>,
  company: string,
  id: TaskId,
): Promise<void> {
  for (const queue of await queues.listQueues(company)) await agentsLine.removeEntry(queue.id, id)
}

/** What a task was before it was enqueued. */
export const statusBefore = ({ enqueueStatus }: DetailedTask): TaskStatus =>
  enqueueStatus ?? nextStatus('queued', 'dequeue')

export const leaveOwn = ({ queueId }: DetailedTask): Pick<TaskChange, 'leaveQueues'> =>
  queueId === null ? {} : { leaveQueues: { queueId } }

/** In no line, whatever its status says: nobody is to deliver it, nor to put it back in line. */
const offLine = ({ job }: DetailedTask, status: TaskStatus) =>
  ({
    status,
    enqueueStatus: null,
    withdrawn: status === 'queued',
    nextAttemptAt: null,
    ...(job !== null && status === 'in_progress' ? { queuedAt: null } : {}),
  }) as const
