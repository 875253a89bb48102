import { changeOwnTask } from '../document/change-own-task.ts'
import { modelsOf } from '../document/parts/models.ts'
import { requireDraftOrRunning } from '../document/require-status.ts'
import { type ModelType, modelType, type TaskModelItem } from '../document/schemas.ts'
import { defineEndpoint } from '../endpoint.ts'
import { list, object, strict, text } from '../transport/fields.ts'

/** Takes models off a task by name; the models themselves stay. */
export const tasksDeleteModels = defineEndpoint('tasks.delete_models', {
  since: '2.13',
  request: object({ task: text, models: list(strict({ name: text, type: modelType })).min(1) }),
  async handle(call, { task: id, models }) {
    await changeOwnTask(call, id, (task) => {
      requireDraftOrRunning(task)
      const present = modelsOf(task)
      const kept = (items: readonly TaskModelItem[], type: ModelType) =>
        items.filter((item) => !models.some((model) => model.type === type && model.name === item.name))
      return { set: { models: { input: kept(present.input, 'input'), output: kept(present.output, 'output') } } }
    })
    return { updated: 1 }
  },
})
