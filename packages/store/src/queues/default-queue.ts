import { defaultQueueName } from '@inferq/contracts'
import type { Db } from '../server/server.ts'
import { lockQueues } from './queue-ids.ts'

/** Makes or marks the queue `default` where the company has no default queue. */
export async function ensureDefaultQueue(transaction: Db, company: string): Promise<void> {
  await lockQueues(transaction, company)
  const present = await transaction
    .selectFrom('queues')
    .select('id')
    .where('company', '=', company)
    .where('is_default', '=', true)
    .executeTakeFirst()
  if (present) return
  await transaction
    .insertInto('queues')
    .values({ company, name: defaultQueueName, is_default: true })
    // A task came before, and with it its queue.
    .onConflict((conflict) => conflict.columns(['company', 'name']).doUpdateSet({ is_default: true }))
    .execute()
}

/** Takes the mark from whichever queue has it: a company has one default queue at most. */
export async function clearDefaultQueue(transaction: Db, company: string): Promise<void> {
  await transaction
    .updateTable('queues')
    .set({ is_default: false })
    .where('company', '=', company)
    .where('is_default', '=', true)
    .execute()
}
