import { activeSeconds } from '../document/active-seconds.ts'
import { changeOwnTask } from '../document/change-own-task.ts'
import { isoDate } from '../document/iso-date.ts'
import { modelsOf } from '../document/parts/models.ts'
import { requireDraftOrRunning } from '../document/require-status.ts'
import { modelType, type TaskModelItem } from '../document/schemas.ts'
import { defineEndpoint } from '../endpoint.ts'
import { object, optional, text, whole } from '../transport/fields.ts'

/** Names a model as input or output of a task; one of the same name is replaced in its place. */
export const tasksAddOrUpdateModel = defineEndpoint('tasks.add_or_update_model', {
  since: '2.13',
  request: object({ task: text, name: text, model: text, type: modelType, iteration: optional(whole) }),
  async handle(call, { task: id, name, model, type, iteration }) {
    await changeOwnTask(call, id, (task) => {
      requireDraftOrRunning(task)
      const models = modelsOf(task)
      const item = { name, model, updated: isoDate(new Date()) }
      return {
        set: {
          models: { ...models, [type]: withItem(models[type], item) },
          lastIteration: Math.max(task.lastIteration, iteration ?? 0),
          ...activeSeconds(task),
        },
      }
    })
    return { updated: 1 }
  },
})

function withItem(items: readonly TaskModelItem[], item: TaskModelItem): TaskModelItem[] {
  const index = items.findIndex(({ name }) => name === item.name)
  return index === -1 ? [...items, item] : items.with(index, item)
}
