import { isLive, taskStatuses } from '@inferq/contracts'
import { isArchived } from '../archived.ts'
import { DomainError } from '../errors.ts'
import type { Model, Ports } from '../ports.ts'
import type { DetailedTask } from '../task-details.ts'
import { actOnSeen, changeAsSeen, lookAgain } from './act-on-seen.ts'
import { dropFiles, partialsOf } from './keep-file.ts'
import { leaveLineOrEnd, letGo } from './leave-line.ts'
import { type OutputFiles, unneededFiles } from './output-files.ts'
import { outputModelsOf, planRelease, refusePublishedOutput, releaseModels } from './output-models.ts'
import { stepsOf } from './pipeline-steps.ts'
import { filesNamedBy } from './task-files.ts'

/** Deletes a task with its files. One that runs must be stopped first; a published one stays. */
export function deleteTask(ports: Ports, company: string, id: string): Promise<void> {
  return actOnSeen(ports, company, id, async (seen) => {
    if (seen.status === 'in_progress') {
      throw new DomainError('TASK_TRANSITION_FORBIDDEN', 'cannot delete a task that is in_progress; stop it first')
    }
    if (seen.status === 'published' || seen.status === 'publishing') {
      throw new DomainError('TASK_TRANSITION_FORBIDDEN', `cannot delete a task that is ${seen.status}`)
    }
    if ((await tryDelete(ports, seen, [])) === lookAgain) return lookAgain
  })
}

export interface Deletion {
  force?: boolean
  deleteOutputModels: boolean
  /** Also the steps of a controller, with force. */
  includeSteps?: boolean
  /** Of these, and of its draft models, the ones that were uploaded to this server are deleted too. Absent: none. */
  outputFiles?: OutputFiles | undefined
}

export interface WasDeleted {
  task: DetailedTask
  updatedChildren: number
  updatedModels: number
  deletedModels: readonly Model[]
}

/**
 * The same for a task with all its details; what it leaves behind says that it was deleted. Throws
 * TASK_CANNOT_BE_DELETED, without force, for a task that is neither `created` nor archived, or whose outputs others
 * may rely on; TASK_HELD_BY_WORKER.
 */
export function deleteDetailed(ports: Ports, company: string, id: string, deletion: Deletion): Promise<WasDeleted> {
  const { force, deleteOutputModels, includeSteps, outputFiles } = deletion
  return actOnSeen(ports, company, id, async (seen) => {
    if (!force && seen.status !== 'created' && !isArchived(seen)) {
      const why = `it is ${seen.status}; archive it first, or use force`
      throw new DomainError('TASK_CANNOT_BE_DELETED', `cannot delete the task: ${why}`)
    }
    const outputs = await outputModelsOf(ports, seen)
    if (!force) await refusePublishedOutput(ports, seen, outputs, 'delete')
    if (includeSteps) {
      for (const step of await stepsOf(ports, seen)) {
        await deleteDetailed(ports, company, step.id, { force: true, deleteOutputModels, outputFiles })
      }
    }
    const models = await planRelease(ports, seen, outputs, deleteOutputModels)
    const task = await tryDelete(ports, seen, unneededFiles(seen, outputFiles, models))
    if (task === lookAgain) return lookAgain
    // The task is gone first: whatever ends before the rest is done leaves names of what is no more, not holes in it.
    const formerTask = deletedName(seen.id)
    const updatedChildren = await ports.tasks.renameParent(company, seen.id, formerTask)
    await releaseModels(ports, company, models, formerTask)
    return { task, updatedChildren, updatedModels: models.kept.length, deletedModels: models.deleted }
  })
}

async function tryDelete(
  ports: Ports,
  seen: DetailedTask,
  uploads: readonly string[],
): Promise<DetailedTask | typeof lookAgain> {
  const place = await leaveLineOrEnd(ports, seen, 'delete')
  const left = await changeAsSeen(ports, seen, place, () => ({ set: {}, counts: 'nothing', leaveQueues: 'all' }))
  if (left === null || left === lookAgain) return lookAgain
  const statuses = taskStatuses.filter((status) => status === seen.status)
  const deleted = await ports.tasks.deleteTask(seen.company, seen.id, { statuses, run: seen.run }, uploads)
  if (!deleted) return lookAgain
  if (place === 'held' && isLive(seen.status)) await letGo(ports, seen)
  const named = await filesNamedBy(ports.files, deleted)
  await dropFiles(ports, [deleted.inputKey, deleted.resultKey, ...partialsOf(deleted), ...named])
  return left.task
}

/** What stands where a deleted task was named. */
export const deletedName = (id: string) => `__DELETED__${id}`
