import type { DetailedChanges, Model, Ports } from '../ports.ts'
import type { Task } from '../task.ts'
import type { DetailedTask } from '../task-details.ts'
import { targetOf } from '../transitions.ts'
import { actOnSeen, changeAsSeen, lookAgain } from './act-on-seen.ts'
import { dropFiles } from './keep-file.ts'
import { leaveLineOrRefuse } from './leave-line.ts'
import { type Move, type Moved, movedBy } from './move.ts'
import { outputModelsOf, refusePublishedOutput, releaseModels } from './output-models.ts'
import { withoutOutcome } from './without-outcome.ts'

/** Brings a task back to `created`, without what it produced. Throws TASK_HELD_BY_WORKER while a worker runs it. */
export async function resetTask(ports: Ports, company: string, id: string): Promise<Task> {
  const { task } = await actOnSeen(ports, company, id, (seen) => tryReset(ports, seen, { by: seen.user }))
  return task
}

export interface Reset extends Move {
  deleteOutputModels: boolean
  /** What the parts of the task that only its dialect can read become. */
  cleared: (task: DetailedTask) => DetailedChanges
}

export interface WasReset extends Moved {
  deletedModels: readonly Model[]
}

/** The same for a task with all its details: also its models, its figures, and its place on a queue are gone. */
export async function resetDetailed(ports: Ports, company: string, id: string, reset: Reset): Promise<WasReset> {
  return actOnSeen(ports, company, id, async (seen) => {
    targetOf(seen.status, 'reset', reset.force)
    const outputs = await outputModelsOf(ports, seen)
    if (!reset.force) await refusePublishedOutput(ports, seen, outputs, 'reset')
    const moved = await tryReset(ports, seen, reset, (task) => ({
      lastIteration: 0,
      lastMetrics: null,
      activeSeconds: null,
      workerReportedAt: null,
      publishedAt: null,
      queueId: null,
      ...reset.cleared(task),
    }))
    if (moved === lookAgain) return lookAgain
    const { deleted } = await releaseModels(ports, moved.before, outputs, {
      deleteDrafts: reset.deleteOutputModels,
      formerTask: null,
    })
    return { ...moved, deletedModels: deleted }
  })
}

async function tryReset(
  ports: Ports,
  seen: DetailedTask,
  { by, force }: Pick<Move, 'by' | 'force'>,
  more: (task: DetailedTask) => DetailedChanges = () => ({}),
): Promise<Moved | typeof lookAgain> {
  targetOf(seen.status, 'reset', force)
  const place = await leaveLineOrRefuse(ports, seen, 'reset')
  const moved = await changeAsSeen(ports, seen, place, (task) => ({
    set: {
      ...movedBy({ by, reason: 'reset', message: 'reset' }),
      status: targetOf(task.status, 'reset', force),
      enqueueStatus: null,
      withdrawn: false,
      ...withoutOutcome,
      ...more(task),
    },
    event: { type: 'reset' },
    counts: 'status',
    leaveQueues: 'all',
  }))
  if (moved === null || moved === lookAgain) return lookAgain
  await dropFiles(ports, [seen.inputKey, seen.resultKey], moved.task)
  return { ...moved, leftLines: moved.leftLines + (place === 'removed' ? 1 : 0) }
}
