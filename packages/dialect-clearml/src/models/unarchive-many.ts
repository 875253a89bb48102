import { defineEndpoint } from '../endpoint.ts'
import { runBatch } from '../transport/batch.ts'
import { ids, object } from '../transport/fields.ts'
import { archiveModel } from './archive-model.ts'

/** Takes models out of the archive. */
export const modelsUnarchiveMany = defineEndpoint('models.unarchive_many', {
  since: '2.13',
  request: object({ ids }),
  handle: (call, { ids }) =>
    runBatch(ids, async (id) => {
      await archiveModel(call, id, false)
      return { unarchived: true }
    }),
})
