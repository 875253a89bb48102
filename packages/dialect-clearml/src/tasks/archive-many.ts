import { defineEndpoint } from '../endpoint.ts'
import { runBatch } from '../transport/batch.ts'
import { ids, object } from '../transport/fields.ts'
import { archiveOne, archiving } from './archive-one.ts'

/** Puts tasks away, one after the other. */
export const tasksArchiveMany = defineEndpoint('tasks.archive_many', {
  since: '2.13',
  request: object({ ids, ...archiving }),
  handle: (call, { ids, ...request }) =>
    runBatch(ids, async (id) => {
      await archiveOne(call, id, 'archiveTask', request)
      return { archived: true }
    }),
})
