import { type Condition, deletedName } from '@inferq/domain'
import type { Call } from '../call.ts'
import { modelsOf } from '../document/parts/models.ts'
import type { TaskModelItem } from '../document/schemas.ts'
import { ApiError } from '../errors/api-error.ts'
import { findCreatingTask } from './creating-task.ts'
import { findOwnModel } from './find-model.ts'

/**
 * Deletes a model; tasks that named it say that it was deleted. Throws, without force, 400/205 where a task takes it as
 * input, and 400/206 where the task that made it is published.
 */
export async function deleteModel(call: Call, id: string, force: boolean): Promise<{ deleted: boolean; url: string }> {
  const { services, identity } = call
  const model = await findOwnModel(call, id)
  if (!force) {
    const used = await services.models.filterUsedAsInput(identity.company, [id], '')
    if (used.has(id)) throw new ApiError('modelInUse', 'use force to delete it', { model: id })
    const task = await findCreatingTask(call, model)
    if (task?.status === 'published') {
      throw new ApiError('modelCreatingTaskExists', 'and is published; use force to delete the model', {
        task: task.id,
      })
    }
  }
  const deleted = await services.models.deleteModels(identity.company, [id])
  await renameInTasks(call, id)
  return { deleted: deleted > 0, url: model.uri }
}

const pageSize = 500

async function renameInTasks({ services, identity }: Call, id: string): Promise<void> {
  const { company } = identity
  const fields = [
    ['models', 'input', 'model'],
    ['models', 'output', 'model'],
  ]
  const where: Condition = { kind: 'or', of: fields.map((field) => ({ kind: 'any_of', field, values: [id] })) }
  const renamed = (items: readonly TaskModelItem[]) =>
    items.map((item) => (item.model === id ? { ...item, model: deletedName(id) } : item))
  for (;;) {
    const search = { company, publicToo: false, where, order: [], offset: 0, limit: pageSize }
    const tasks = await services.tasks.searchTasks(search)
    for (const task of tasks) {
      await services.tasks.changeTask(company, task.id, (present) => {
        const { input, output } = modelsOf(present)
        return { set: { models: { input: renamed(input), output: renamed(output) } }, counts: 'edit' }
      })
    }
    if (tasks.length < pageSize) return
  }
}
