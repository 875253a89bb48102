import { withoutKeys } from '../document/metadata.ts'
import { defineEndpoint } from '../endpoint.ts'
import { ids, object, text } from '../transport/fields.ts'
import { changeOwnModel } from './change-own-model.ts'

/** Keys that are not there are passed over. */
export const modelsDeleteMetadata = defineEndpoint('models.delete_metadata', {
  since: '2.13',
  request: object({ model: text, keys: ids }),
  async handle(call, { model: id, keys }) {
    await changeOwnModel(call, id, ({ metadata }) => ({ metadata: withoutKeys(metadata, keys) }))
    return { updated: 1 }
  },
})
