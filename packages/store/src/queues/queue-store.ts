import type { QueueRecord, QueueStore } from '@inferq/domain'
import { type Selection, sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { idOf, storable } from '../sql-text.ts'
import type { Tables } from '../tables.ts'

/** The first entry of the queue's part of `tasks_waiting_in_queue`, however many wait. */
const oldestQueuedAt = sql<Date | null>`(
  select min(queued_at) from tasks where tasks.queue_id = queues.id and tasks.status = 'queued'
)`.as('oldest_queued_at')

const columns = [
  'queues.id',
  'queues.company',
  'queues.name',
  'queues.is_default',
  'queues.paused',
  'queues.created_at',
  oldestQueuedAt,
] as const

export function createQueueStore(db: Db): QueueStore {
  const queues = () => db.selectFrom('queues').select(columns).orderBy('company').orderBy('name')
  return {
    async listQueues(company) {
      const rows = await queues().where('company', '=', company).execute()
      return rows.map(recordOf)
    },

    async listAllQueues() {
      const rows = await queues().execute()
      return rows.map(recordOf)
    },

    async findQueue(company, name) {
      const row = await queues().where('company', '=', company).where('name', '=', storable(name)).executeTakeFirst()
      return row ? recordOf(row) : null
    },

    async setPaused(company, name, paused) {
      const row = await db
        .updateTable('queues')
        .set({ paused })
        .where('company', '=', company)
        .where('name', '=', storable(name))
        .returning(columns)
        .executeTakeFirst()
      return row ? recordOf(row) : null
    },
  }
}

const recordOf = (row: Selection<Tables, 'queues', (typeof columns)[number]>): QueueRecord => ({
  id: idOf(row.id),
  company: row.company,
  name: row.name,
  isDefault: row.is_default,
  paused: row.paused,
  createdAt: row.created_at,
  oldestQueuedAt: row.oldest_queued_at,
})
