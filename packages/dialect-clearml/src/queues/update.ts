import { defineEndpoint } from '../endpoint.ts'
import { object, optional, text } from '../transport/fields.ts'
import { queueChangesOf, queueFields } from './queue-fields.ts'
import { requireQueue } from './require-queue.ts'

/** Changes what the request has. With a new name the tasks that wait stay in line. */
export const queuesUpdate = defineEndpoint('queues.update', {
  since: '2.4',
  request: object({ queue: text, name: optional(text), ...queueFields }),
  async handle(call, { queue: id, ...fields }) {
    await requireQueue(call, id)
    const changes = queueChangesOf(fields)
    if (Object.keys(changes).length === 0) return { updated: 0, fields: {} }
    const { name, displayName, tags, metadata } = changes
    await call.services.operations.changeQueue(call.identity.company, id, changes)
    return {
      updated: 1,
      fields: {
        ...(name === undefined ? {} : { name }),
        ...(displayName === undefined ? {} : { display_name: displayName }),
        ...(tags === undefined ? {} : { tags }),
        ...(fields.system_tags === undefined ? {} : { system_tags: fields.system_tags }),
        ...(metadata === undefined ? {} : { metadata }),
      },
    }
  },
})
