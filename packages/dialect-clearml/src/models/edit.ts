import { defineEndpoint } from '../endpoint.ts'
import { flag, object, optional, text, whole } from '../transport/fields.ts'
import { modelRequest } from './model-fields.ts'
import { writeModel } from './write-model.ts'

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
  handle: (call, { model, ...request }) => writeModel(call, model, request),
})
