import { defineEndpoint } from '../endpoint.ts'
import { ids, object, text } from '../transport/fields.ts'
import { requireQueue } from './require-queue.ts'

/** Keys that are not there are passed over. */
export const queuesDeleteMetadata = defineEndpoint('queues.delete_metadata', {
  since: '2.13',
  request: object({ queue: text, keys: ids }),
  async handle(call, { queue: id, keys }) {
    const { metadata: before } = await requireQueue(call, id)
    const metadata = Object.fromEntries(Object.entries(before).filter(([key]) => !keys.includes(key)))
    await call.services.operations.changeQueue(call.identity.company, id, { metadata })
    return { updated: 1 }
  },
})
