import { isLive } from '@inferq/contracts'
import { type DetailedTask, dropUnnamedFiles, type TaskChange } from '@inferq/domain'
import type { Call } from '../call.ts'
import { refusalOf } from './own-tasks.ts'
import { type TaskInputs, withInputs } from './task-inputs.ts'

/**
 * Changes a task of the caller's: `decide` sees it as it is and nobody else changes it meanwhile. Throws 400/101 for
 * an unknown task, 403/21 for a public one.
 */
export async function changeOwnTask(
  call: Call,
  id: string,
  decide: (task: DetailedTask, inputs: TaskInputs) => TaskChange | null,
): Promise<{ before: DetailedTask; after: DetailedTask }> {
  const { services, identity } = call
  const changed = await withInputs(
    services.files,
    id,
    (inputs) =>
      services.tasks.changeTask(identity.company, id, (task) => {
        const change = decide(task, inputs)
        return change && { ...change, set: { changedBy: identity.user, ...change.set } }
      }),
    (changed) => changed?.after.inputKey,
  )
  if (!changed) throw await refusalOf(call, id)
  const { before, after } = changed
  if (!isInUse(before)) {
    await dropUnnamedFiles(services, before, after)
    if (before.inputKey !== null && before.inputKey !== after.inputKey) await services.files.delete(before.inputKey)
  }
  await touchProjects(call, [before.project, after.project])
  return changed
}

/** The job of a live run names the files that it was made with, whatever the row says by now. */
const isInUse = ({ job, status }: DetailedTask): boolean => job !== null && isLive(status)

/** Marks projects as used now, each once. */
export async function touchProjects({ services }: Call, projects: readonly (string | null)[]): Promise<void> {
  const ids = [...new Set(projects)].filter((id) => id !== null)
  await Promise.all(ids.map((id) => services.projects.touchProject(id)))
}
