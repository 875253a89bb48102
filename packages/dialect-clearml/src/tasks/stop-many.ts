import { defineEndpoint } from '../endpoint.ts'
import { runBatch } from '../transport/batch.ts'
import { ids, object } from '../transport/fields.ts'
import { stopOne, stopping } from './stop-one.ts'

/** tasks.stop for each. */
export const tasksStopMany = defineEndpoint('tasks.stop_many', {
  since: '2.13',
  request: object({ ids, ...stopping }),
  handle: (call, { ids, ...request }) => runBatch(ids, (id) => stopOne(call, id, request)),
})
