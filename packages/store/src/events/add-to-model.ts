import type { EventStore } from '@inferq/domain'
import { modelColumns, modelOf } from '../models/model-row.ts'
import type { Db } from '../server/server.ts'
import { runCallers } from '../server/store-errors.ts'
import { isId, jsonText } from '../sql-text.ts'
import { dbTime } from '../tasks/changed-columns.ts'
import { addBatch } from './add-batch.ts'

export const modelEventAdder =
  (db: Db): EventStore['addToModel'] =>
  async (company, id, batch, decide) => {
    if (!isId(id)) return null
    return db.transaction().execute(async (transaction) => {
      const model = await lockModel(transaction, company, id)
      const changes = model && runCallers(() => decide(model))
      if (!changes) return null
      await addBatch(transaction, { company, subject: id }, batch)
      await transaction
        .updateTable('models')
        .set({
          last_iteration: changes.lastIteration,
          last_metrics: changes.lastMetrics && jsonText(changes.lastMetrics),
          updated_at: dbTime,
        })
        .where('id', '=', id)
        .execute()
      return model
    })
  }

async function lockModel(transaction: Db, company: string, id: string) {
  const row = await transaction
    .selectFrom('models')
    .select(modelColumns)
    .where('id', '=', id)
    .where('company', '=', company)
    .forNoKeyUpdate()
    .executeTakeFirst()
  return row ? modelOf(row) : null
}
