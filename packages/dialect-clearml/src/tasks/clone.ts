import type { DetailedTask, Project } from '@inferq/domain'
import type { Call } from '../call.ts'
import { requireModels } from '../document/check-fields.ts'
import { type CloneRequest, cloneFields, cloneRequest, inputModelsOf, parentOf } from '../document/clone-fields.ts'
import { newTask } from '../document/new-task.ts'
import { modelsOf } from '../document/parts/models.ts'
import { storeNewTask } from '../document/store-new-task.ts'
import { ensureTargetProject, findTargetProject } from '../document/target-project.ts'
import { unkeptInputs } from '../document/task-inputs.ts'
import { defineEndpoint } from '../endpoint.ts'
import { ApiError } from '../errors/api-error.ts'

/** Makes a draft that does the same as another task, which may be a public one. */
export const tasksClone = defineEndpoint('tasks.clone', {
  since: '2.5',
  request: cloneRequest,
  async handle(call, request) {
    const source = await findVisible(call, request.task)
    await checkReferences(call, request, source)
    // What is wrong with the clone itself shows before a project is made for it.
    newTask(call, 'none', cloneFields(source, request, null, unkeptInputs), unkeptInputs)
    const { project, named } = await projectOf(call, request, source)
    const { id } = await storeNewTask(call, (inputs) => cloneFields(source, request, project, inputs))
    return { id, ...(named && { new_project: { id: named.id, name: named.name } }) }
  },
})

async function findVisible({ services, identity: { company } }: Call, id: string): Promise<DetailedTask> {
  const [task] = await services.tasks.findDetailed(company, [id], 'visible')
  if (!task) throw new ApiError('invalidTaskId', '', { id, company })
  return task
}

async function checkReferences(call: Call, request: CloneRequest, source: DetailedTask): Promise<void> {
  const given = inputModelsOf(request)
  const models = given ?? (request.validate_references ? modelsOf(source).input : [])
  const ids = models.map(({ model }) => model)
  await requireModels(call, ids)
  if (request.new_task_parent || request.validate_references) await findVisible(call, parentOf(source, request))
}

/** Where the clone goes, and the project if its name was all that was given. */
async function projectOf(
  call: Call,
  { new_task_project, new_project_name, validate_references }: CloneRequest,
  source: DetailedTask,
): Promise<{ project: string | null; named?: Project }> {
  if (new_task_project) return { project: (await findTargetProject(call, new_task_project)).id }
  if (new_project_name) {
    const named = await ensureTargetProject(call, new_project_name)
    return { project: named.id, named }
  }
  if (source.project === null) return { project: null }
  const [found] = await call.services.projects.findProjects(call.identity.company, [source.project])
  // A public task may be in a project of the company that it comes from, which is nobody else's.
  if (!found && !validate_references) return { project: null }
  return { project: (await findTargetProject(call, source.project)).id }
}
