import { modelType } from '../document/schemas.ts'
import { defineEndpoint } from '../endpoint.ts'
import { object, optional, text, whole } from '../transport/fields.ts'
import { putModel } from './put-model.ts'

/** Names a model as input or output of a task; one of the same name is replaced in its place. */
export const tasksAddOrUpdateModel = defineEndpoint('tasks.add_or_update_model', {
  since: '2.13',
  request: object({ task: text, name: text, model: text, type: modelType, iteration: optional(whole) }),
  async handle(call, { task: id, ...named }) {
    await putModel(call, id, named)
    return { updated: 1 }
  },
})
