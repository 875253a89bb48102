import { defineEndpoint } from '../endpoint.ts'
import { object, text } from '../transport/fields.ts'
import { findModel } from './find-model.ts'
import { modelDocument } from './model-document.ts'

export const modelsGetById = defineEndpoint('models.get_by_id', {
  since: '2.1',
  request: object({ model: text }),
  handle: async (call, { model }) => ({ model: modelDocument(call, await findModel(call, model)) }),
})
