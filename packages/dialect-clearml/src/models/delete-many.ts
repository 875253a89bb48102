import { defineEndpoint } from '../endpoint.ts'
import { runBatch } from '../transport/batch.ts'
import { flag, ids, object } from '../transport/fields.ts'
import { deleteModel } from './delete-model.ts'

/** models.delete for each. */
export const modelsDeleteMany = defineEndpoint('models.delete_many', {
  since: '2.13',
  request: object({ ids, force: flag }),
  handle: (call, { ids, force }) => runBatch(ids, (id) => deleteModel(call, id, force)),
})
