import type { DetailedChanges, Model, Ports, TaskChange } from '../ports.ts'
import type { Task } from '../task.ts'
import type { DetailedTask } from '../task-details.ts'
import { targetOf } from '../transitions.ts'
import { actOnSeen, changeAsSeen, lookAgain } from './act-on-seen.ts'
import { dropFiles } from './keep-file.ts'
import { leaveLineOrRefuse } from './leave-line.ts'
import { type Move, type Moved, movedBy } from './move.ts'
import { type OutputFiles, unneededFiles } from './output-files.ts'
import { outputModelsOf, planRelease, refusePublishedOutput, releaseModels } from './output-models.ts'
import { dropUnnamedFiles } from './task-files.ts'
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
  /** As for a deletion. */
  outputFiles?: OutputFiles | undefined
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
    const models = await planRelease(ports, seen, outputs, reset.deleteOutputModels)
    const moved = await tryReset(ports, seen, reset, (task) => ({
      set: {
        lastIteration: 0,
        lastMetrics: null,
        activeSeconds: null,
        workerReportedAt: null,
        publishedAt: null,
        queueId: null,
        ...reset.cleared(task),
      },
      dropFiles: unneededFiles(task, reset.outputFiles, models),
    }))
    if (moved === lookAgain) return lookAgain
    await releaseModels(ports, company, models, null)
    return { ...moved, deletedModels: models.deleted }
  })
}

async function tryReset(
  ports: Ports,
  seen: DetailedTask,
  { by, force }: Pick<Move, 'by' | 'force'>,
  more: (task: DetailedTask) => Pick<TaskChange, 'set' | 'dropFiles'> = () => ({ set: {} }),
): Promise<Moved | typeof lookAgain> {
  targetOf(seen.status, 'reset', force)
  const place = await leaveLineOrRefuse(ports, seen, 'reset')
  const moved = await changeAsSeen(ports, seen, place, (task) => {
    const { set, ...drops } = more(task)
    return {
      set: {
        ...movedBy({ by, reason: 'reset', message: 'reset' }),
        status: targetOf(task.status, 'reset', force),
        enqueueStatus: null,
        withdrawn: false,
        ...withoutOutcome,
        ...set,
      },
      event: { type: 'reset' },
      counts: 'status',
      leaveQueues: 'all',
      dropEvents: true,
      ...drops,
    }
  })
  if (moved === null || moved === lookAgain) return lookAgain
  await dropUnnamedFiles(ports, seen, moved.task)
  await dropFiles(ports, [seen.inputKey, seen.resultKey], moved.task)
  return { ...moved, leftLines: moved.leftLines + (place === 'removed' ? 1 : 0) }
}
