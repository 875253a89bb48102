import { defineEndpoint } from '../endpoint.ts'
import { runBatch } from '../transport/batch.ts'
import { ids, object } from '../transport/fields.ts'
import { archiveModel } from './archive-model.ts'

/** Puts models away, one after the other. */
export const modelsArchiveMany = defineEndpoint('models.archive_many', {
  since: '2.13',
  request: object({ ids }),
  handle: (call, { ids }) =>
    runBatch(ids, async (id) => {
      await archiveModel(call, id, true)
      return { archived: true }
    }),
})
