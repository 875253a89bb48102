import { defineEndpoint } from '../endpoint.ts'
import { flag, object, optional, text, whole } from '../transport/fields.ts'
import { findOwnModel, unknownModel } from './find-model.ts'
import { changesOf, checkedFields, modelRequest } from './model-fields.ts'
import { noteIteration } from './note-iteration.ts'

/** Changes what is given. `iteration` is how far the task that made it has come. */
export const modelsEdit = defineEndpoint('models.edit', {
  since: '2.1',
  request: object({
    model: text,
    uri: optional(text),
    name: optional(text),
    ready: optional(flag),
    iteration: optional(whole),
    ...modelRequest,
  }),
  async handle(call, { model: id, iteration, ...request }) {
    const present = await findOwnModel(call, id)
    const fields = await checkedFields(call, request)
    const task = fields.task || present.task
    if (iteration !== undefined && task) await noteIteration(call, task, iteration)
    if (Object.keys(fields).length === 0) return { updated: 0, fields: {} }
    const changed = await call.services.models.changeModel(call.identity.company, id, changesOf(fields))
    if (!changed) throw unknownModel(id)
    return { updated: 1, fields }
  },
})
