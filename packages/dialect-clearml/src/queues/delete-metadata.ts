import { withoutKeys } from '../document/metadata.ts'
import { defineEndpoint } from '../endpoint.ts'
import { ids, object, text } from '../transport/fields.ts'
import { requireQueue } from './require-queue.ts'

/** Keys that are not there are passed over. */
export const queuesDeleteMetadata = defineEndpoint('queues.delete_metadata', {
  since: '2.13',
  request: object({ queue: text, keys: ids }),
  async handle(call, { queue: id, keys }) {
    await requireQueue(call, id)
    await call.services.operations.changeQueue(call.identity.company, id, ({ metadata }) => ({
      metadata: withoutKeys(metadata, keys),
    }))
    return { updated: 1 }
  },
})
