import type { Call } from '../call.ts'
import { changeOwnTask } from '../document/change-own-task.ts'
import { requireOwnTasks } from '../document/own-tasks.ts'
import { ensureTargetProject, findTargetProject } from '../document/target-project.ts'
import { defineEndpoint } from '../endpoint.ts'
import { ApiError } from '../errors/api-error.ts'
import { ids, object, optional, text } from '../transport/fields.ts'

interface Target {
  /** Null: in no project. */
  project?: string | null
  project_name?: string
}

/** Puts tasks into another project, which is made where only its path is given. */
export const tasksMove = defineEndpoint('tasks.move', {
  since: '2.12',
  request: object({ ids, project: text.nullable().optional(), project_name: optional(text) }),
  async handle(call, { ids, ...target }) {
    await requireOwnTasks(call, ids)
    const project = await projectOf(call, target)
    for (const id of new Set(ids)) await changeOwnTask(call, id, () => ({ set: { project }, counts: 'edit' }))
    return { project_id: project }
  },
})

async function projectOf(call: Call, { project, project_name }: Target): Promise<string | null> {
  if (project) return (await findTargetProject(call, project)).id
  if (project !== undefined) return null
  if (project_name === undefined) {
    throw new ApiError('missingRequiredFields', "expected 'project', which may be null, or 'project_name'")
  }
  return (await ensureTargetProject(call, project_name)).id
}
