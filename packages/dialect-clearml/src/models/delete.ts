import { defineEndpoint } from '../endpoint.ts'
import { flag, object, text } from '../transport/fields.ts'
import { deleteModel } from './delete-model.ts'

/** Deletes a model that no task uses; with force any. Its file is for whoever can reach it: `url` says where it lies. */
export const modelsDelete = defineEndpoint('models.delete', {
  since: '2.1',
  request: object({ model: text, force: flag }),
  handle: (call, { model, force }) => deleteModel(call, model, force),
})
