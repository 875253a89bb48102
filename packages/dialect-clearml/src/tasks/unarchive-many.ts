import { defineEndpoint } from '../endpoint.ts'
import { runBatch } from '../transport/batch.ts'
import { ids, object } from '../transport/fields.ts'
import { archiveOne, archiving } from './archive-one.ts'

/** Takes tasks out of the archive; each has the status that it had there. */
export const tasksUnarchiveMany = defineEndpoint('tasks.unarchive_many', {
  since: '2.13',
  request: object({ ids, ...archiving }),
  handle: (call, { ids, ...request }) =>
    runBatch(ids, async (id) => {
      await archiveOne(call, id, 'unarchiveTask', request)
      return { unarchived: true }
    }),
})
