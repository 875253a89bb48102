import { defineEndpoint } from '../endpoint.ts'
import { ApiError } from '../errors/api-error.ts'
import { anyObject } from '../transport/fields.ts'
import { addEvents } from './add-events.ts'

/** What tasks report while they run, one event a line. */
export const eventsAddBatch = defineEndpoint('events.add_batch', {
  since: '2.1',
  request: anyObject,
  async handle(call) {
    if (call.batch.length === 0) throw new ApiError('batchContainsNoItems')
    return addEvents(call, call.batch)
  },
})
