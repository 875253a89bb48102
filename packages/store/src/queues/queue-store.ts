import type { QueueStore } from '@inferq/domain'
import { queueSearcher } from '../search/search-others.ts'
import type { Db } from '../server/server.ts'
import { inOrder, isId, storable } from '../sql-text.ts'
import { deleteQueue } from './delete-queue.ts'
import type { QueueIds } from './queue-ids.ts'
import { queueColumns, queueOf } from './queue-row.ts'
import { changeQueue, createQueue, ensureQueue } from './write-queues.ts'

export function createQueueStore(db: Db, queueIds: QueueIds): QueueStore {
  const queues = () => db.selectFrom('queues').select(queueColumns).orderBy('company').orderBy('name')
  return {
    searchQueues: queueSearcher(db),
    createQueue: createQueue(db, queueIds),
    ensureQueue: ensureQueue(db, queueIds),
    changeQueue: changeQueue(db, queueIds),
    deleteQueue: deleteQueue(db, queueIds),

    async listQueues(company) {
      const rows = await queues().where('company', '=', company).execute()
      return rows.map(queueOf)
    },

    async listAllQueues() {
      const rows = await queues().execute()
      return rows.map(queueOf)
    },

    async findQueue(company, name) {
      const row = await queues().where('company', '=', company).where('name', '=', storable(name)).executeTakeFirst()
      return row ? queueOf(row) : null
    },

    async findQueuesById(company, ids) {
      const wanted = ids.filter(isId)
      if (wanted.length === 0) return []
      const rows = await queues().where('company', '=', company).where('id', 'in', wanted).execute()
      return inOrder(wanted, rows.map(queueOf))
    },

    async setPaused(company, name, paused) {
      const row = await db
        .updateTable('queues')
        .set({ paused })
        .where('company', '=', company)
        .where('name', '=', storable(name))
        .returning(queueColumns)
        .executeTakeFirst()
      return row ? queueOf(row) : null
    },
  }
}
