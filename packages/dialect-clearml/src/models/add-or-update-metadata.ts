import { metadataItems, withItems } from '../document/metadata.ts'
import { defineEndpoint } from '../endpoint.ts'
import { flag, object, text } from '../transport/fields.ts'
import { changeOwnModel } from './change-own-model.ts'

export const modelsAddOrUpdateMetadata = defineEndpoint('models.add_or_update_metadata', {
  since: '2.13',
  request: object({ model: text, metadata: metadataItems, replace_metadata: flag }),
  async handle(call, { model: id, metadata: items, replace_metadata }) {
    await changeOwnModel(call, id, ({ metadata }) => ({ metadata: withItems(metadata, items, replace_metadata) }))
    return { updated: 1 }
  },
})
