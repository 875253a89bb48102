import { defineEndpoint } from '../endpoint.ts'
import { defaulted, flag, list, object, text } from '../transport/fields.ts'
import { metadataItem } from './queue-fields.ts'
import { requireQueue } from './require-queue.ts'

export const queuesAddOrUpdateMetadata = defineEndpoint('queues.add_or_update_metadata', {
  since: '2.13',
  request: object({ queue: text, metadata: list(metadataItem).min(1), replace_metadata: defaulted(flag, false) }),
  async handle(call, { queue: id, metadata: items, replace_metadata }) {
    const { metadata: before } = await requireQueue(call, id)
    const given = Object.fromEntries(items.map((item) => [item.key, item]))
    const metadata = replace_metadata ? given : { ...before, ...given }
    await call.services.operations.changeQueue(call.identity.company, id, { metadata })
    return { updated: 1 }
  },
})
