import { defineEndpoint } from '../endpoint.ts'
import { runBatch } from '../transport/batch.ts'
import { ids, object } from '../transport/fields.ts'
import { publication, publishOne } from './publish-one.ts'

/** tasks.publish for each. */
export const tasksPublishMany = defineEndpoint('tasks.publish_many', {
  since: '2.13',
  request: object({ ids, ...publication }),
  handle: (call, { ids, ...request }) => runBatch(ids, (id) => publishOne(call, id, request)),
})
