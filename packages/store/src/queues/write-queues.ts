import { DomainError, type QueueChanges, type QueueRecord } from '@inferq/domain'
import type { Db } from '../server/server.ts'
import { runCallers, sqlState } from '../server/store-errors.ts'
import { isId, jsonText, storable } from '../sql-text.ts'
import { clearDefaultQueue } from './default-queue.ts'
import { lockQueues, type QueueIds } from './queue-ids.ts'
import { queueColumns, queueOf } from './queue-row.ts'

const uniqueViolation = '23505'

export const createQueue =
  (db: Db, queueIds: QueueIds) =>
  (company: string, queue: QueueChanges & { name: string }): Promise<QueueRecord> =>
    db.transaction().execute(async (transaction) => {
      const room = await queueIds.room(transaction, company)
      if (await findByName(transaction, company, queue.name)) throw nameTaken(queue.name)
      if (room === 0) throw tooManyQueues(queue.name)
      return insertQueue(transaction, company, queue)
    })

export const ensureQueue =
  (db: Db, queueIds: QueueIds) =>
  async (company: string, name: string): Promise<QueueRecord> => {
    const found = await findByName(db, company, name)
    if (found) return found
    return db.transaction().execute(async (transaction) => {
      const room = await queueIds.room(transaction, company)
      const madeMeanwhile = await findByName(transaction, company, name)
      if (madeMeanwhile) return madeMeanwhile
      if (room === 0) throw tooManyQueues(name)
      return insertQueue(transaction, company, { name })
    })
  }

export const changeQueue =
  (db: Db, queueIds: QueueIds) =>
  async (
    company: string,
    id: string,
    given: QueueChanges | ((queue: QueueRecord) => QueueChanges),
  ): Promise<QueueRecord | null> => {
    if (!isId(id)) return null
    const changed = await db.transaction().execute(async (transaction) => {
      await lockQueues(transaction, company)
      const present = await transaction
        .selectFrom('queues')
        .select(queueColumns)
        .where('company', '=', company)
        .where('id', '=', id)
        .executeTakeFirst()
      if (!present) return null
      const changes = typeof given === 'function' ? runCallers(() => given(queueOf(present))) : given
      if (changes.isDefault) await clearDefaultQueue(transaction, company)
      const row = await transaction
        .updateTable('queues')
        // The id too: an update of nothing is no statement.
        .set({ id, ...columnsOf(changes) })
        .where('id', '=', id)
        .returning(queueColumns)
        .executeTakeFirst()
        .catch((error) => {
          throw sqlState(error) === uniqueViolation && changes.name !== undefined ? nameTaken(changes.name) : error
        })
      return row && { before: queueOf(present), after: queueOf(row) }
    })
    if (changed && changed.after.name !== changed.before.name) queueIds.forget()
    return changed?.after ?? null
  }

async function insertQueue(transaction: Db, company: string, queue: QueueChanges & { name: string }) {
  if (queue.isDefault) await clearDefaultQueue(transaction, company)
  const row = await transaction
    .insertInto('queues')
    .values({ company, ...columnsOf(queue), name: storable(queue.name) })
    .returning(queueColumns)
    .executeTakeFirstOrThrow()
  return queueOf(row)
}

async function findByName(db: Db, company: string, name: string): Promise<QueueRecord | null> {
  const row = await db
    .selectFrom('queues')
    .select(queueColumns)
    .where('company', '=', company)
    .where('name', '=', storable(name))
    .executeTakeFirst()
  return row ? queueOf(row) : null
}

/** An absent change is an absent column. */
const columnsOf = ({ name, displayName, isDefault, tags, systemTags, metadata }: QueueChanges) => ({
  ...(name === undefined ? {} : { name: storable(name) }),
  ...(displayName === undefined ? {} : { display_name: displayName === null ? null : storable(displayName) }),
  ...(isDefault === undefined ? {} : { is_default: isDefault }),
  ...(tags === undefined ? {} : { tags: tags.map(storable) }),
  ...(systemTags === undefined ? {} : { system_tags: systemTags.map(storable) }),
  ...(metadata === undefined ? {} : { metadata: jsonText(metadata) }),
})

const nameTaken = (name: string) => new DomainError('NAME_TAKEN', `there is a queue "${name}" already`)
const tooManyQueues = (name: string) => new DomainError('TOO_MANY_QUEUES', `queue "${name}" would be one too many`)
