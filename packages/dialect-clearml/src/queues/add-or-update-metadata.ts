import { metadataItems, withItems } from '../document/metadata.ts'
import { defineEndpoint } from '../endpoint.ts'
import { flag, object, text } from '../transport/fields.ts'
import { requireQueue } from './require-queue.ts'

export const queuesAddOrUpdateMetadata = defineEndpoint('queues.add_or_update_metadata', {
  since: '2.13',
  request: object({ queue: text, metadata: metadataItems, replace_metadata: flag }),
  async handle(call, { queue: id, metadata: items, replace_metadata }) {
    await requireQueue(call, id)
    await call.services.operations.changeQueue(call.identity.company, id, ({ metadata }) => ({
      metadata: withItems(metadata, items, replace_metadata),
    }))
    return { updated: 1 }
  },
})
