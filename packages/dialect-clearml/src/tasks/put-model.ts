import type { Call } from '../call.ts'
import { activeSeconds } from '../document/active-seconds.ts'
import { changeOwnTask } from '../document/change-own-task.ts'
import { isoDate } from '../document/iso-date.ts'
import { modelsOf } from '../document/parts/models.ts'
import { requireDraftOrRunning } from '../document/require-status.ts'
import type { ModelType, TaskModelItem } from '../document/schemas.ts'

interface NamedModel {
  type: ModelType
  name: string
  model: string
  /** How far the task has come. */
  iteration: number | undefined
}

/**
 * Names a model as input or output of a task; one of the same name is replaced in its place. Throws 400/110 for a task
 * that is neither a draft nor running.
 */
export async function putModel(
  call: Call,
  task: string,
  { type, name, model, iteration = 0 }: NamedModel,
): Promise<void> {
  await changeOwnTask(call, task, (present) => {
    requireDraftOrRunning(present)
    const models = modelsOf(present)
    const item = { name, model, updated: isoDate(new Date()) }
    return {
      set: {
        models: { ...models, [type]: withItem(models[type], item) },
        lastIteration: Math.max(present.lastIteration, iteration),
        ...activeSeconds(present),
      },
    }
  })
}

function withItem(items: readonly TaskModelItem[], item: TaskModelItem): TaskModelItem[] {
  const index = items.findIndex(({ name }) => name === item.name)
  return index === -1 ? [...items, item] : items.with(index, item)
}
