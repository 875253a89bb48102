import type { TaskStatus } from '@inferq/contracts'
import { archivedTags } from '../archived.ts'
import type { Ports } from '../ports.ts'
import type { DetailedTask } from '../task-details.ts'
import { actOnSeen, changeAsSeen, lookAgain } from './act-on-seen.ts'
import { leaveLineOrEnd } from './leave-line.ts'
import { statusBefore } from './leave-queue.ts'
import { changeTask, type Move, type Moved, movedBy, wordsOf } from './move.ts'
import { stepsOf } from './pipeline-steps.ts'

export interface Archiving extends Omit<Move, 'force'> {
  /** Also the steps of a controller. */
  includeSteps?: boolean
}

/** Puts a task away: it leaves every queue, and ends if it runs. Throws TASK_HELD_BY_WORKER, TASK_MOVED_MEANWHILE. */
export async function archiveTask(ports: Ports, company: string, id: string, archiving: Archiving): Promise<Moved> {
  const moved = await actOnSeen(ports, company, id, async (seen) => {
    const place = await leaveLineOrEnd(ports, seen, 'archive')
    const archived = await changeAsSeen(ports, seen, place, (task) => {
      const status = statusOnceArchived(task)
      return {
        set: {
          ...movedBy(archiving),
          ...(status === null ? {} : { status, enqueueStatus: null, nextAttemptAt: null }),
          systemTags: archivedTags(task.systemTags, true),
        },
        ...(status === null ? {} : { event: { type: task.status === 'queued' ? 'dequeued' : 'stopped' } as const }),
        counts: status === null ? 'edit' : 'status',
        leaveQueues: 'all',
      }
    })
    return archived ?? lookAgain
  })
  if (archiving.includeSteps) {
    const withoutSteps = { ...archiving, includeSteps: false }
    for (const step of await stepsOf(ports, moved.task)) await archiveTask(ports, company, step.id, withoutSteps)
  }
  return moved
}

/** Takes it out again; its status stays what it is. */
export async function unarchiveTask(ports: Ports, company: string, id: string, archiving: Archiving): Promise<Moved> {
  const moved = (await changeTask(ports, company, id, (task) => {
    return {
      set: { ...wordsOf(archiving), systemTags: archivedTags(task.systemTags, false) },
      counts: 'edit',
    }
  })) as Moved
  if (archiving.includeSteps) {
    const withoutSteps = { ...archiving, includeSteps: false }
    for (const step of await stepsOf(ports, moved.task)) await unarchiveTask(ports, company, step.id, withoutSteps)
  }
  return moved
}

/** Null: as it is. */
function statusOnceArchived(task: DetailedTask): TaskStatus | null {
  if (task.status === 'queued') return statusBefore(task)
  return task.status === 'in_progress' ? 'stopped' : null
}
