import { defineEndpoint } from '../endpoint.ts'
import { object } from '../transport/fields.ts'
import { requireDefaultQueue } from './require-default-queue.ts'

export const queuesGetDefault = defineEndpoint('queues.get_default', {
  since: '2.4',
  request: object({}),
  async handle(call) {
    const { id, name } = await requireDefaultQueue(call)
    return { id, name }
  },
})
