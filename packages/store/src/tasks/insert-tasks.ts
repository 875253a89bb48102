import type { InsertedTask, TaskDraft, TaskStore } from '@inferq/domain'
import { CompiledQuery } from 'kysely'
import { type QueueIds, queueKey } from '../queues/queue-ids.ts'
import type { Db } from '../server/server.ts'
import { foreignKeyViolation, sqlState } from '../server/store-errors.ts'
import { idOf, jsonRows } from '../sql-text.ts'
import * as insertSql from './insert-sql.ts'
import { type Inserted, insertedTask } from './inserted-task.ts'
import { type Replay, replays } from './replays.ts'

type Ids = ReadonlyMap<string, string>

/** One statement in the common case: every queue known, whether or not drafts have idempotency keys that are new. */
export function taskInserter(db: Db, queueIds: QueueIds): TaskStore['insertTasks'] {
  const insertTasks = async (drafts: readonly TaskDraft[]): Promise<InsertedTask[]> => {
    const known = queueIds.known(drafts)
    if (known) return insertWith(db, drafts, known)
    return queueIds.remember(
      await db.transaction().execute(async (transaction) => {
        const ids = await queueIds.findOrMake(transaction, drafts)
        return { ids, answer: await insertWith(transaction, drafts, ids) }
      }),
    )
  }
  return async (drafts) => {
    if (drafts.length === 0) return []
    try {
      return await insertTasks(drafts)
    } catch (error) {
      if (sqlState(error) !== foreignKeyViolation) throw error
      // A queue that this process knew has been deleted by another one.
      queueIds.forget()
      return insertTasks(drafts)
    }
  }
}

/** How the drafts whose key is taken would be answered; null for the others. */
export const replayFinder =
  (db: Db): TaskStore['findReplays'] =>
  async (drafts) => {
    const found = await replays(db, drafts)
    return drafts.map((draft) => (found.has(draft) ? answerOf(draft, found.get(draft)) : null))
  }

async function insertWith(db: Db, drafts: readonly TaskDraft[], ids: Ids): Promise<InsertedTask[]> {
  const placed = drafts.filter((draft) => ids.has(queueKey(draft)))
  const inserted = await insertRows(db, placed, ids)
  const replayed = inserted.size < placed.length ? await settleKeys(db, placed, ids, inserted) : null
  return drafts.map((draft) => {
    const row = inserted.get(draft.id)
    if (row) return { kind: 'inserted', task: insertedTask(draft, row) }
    return ids.has(queueKey(draft)) ? answerOf(draft, replayed?.get(draft)) : { kind: 'too_many_queues' }
  })
}

/** What came of the drafts that were not inserted since their key was there before. Inserts those whose key is gone. */
async function settleKeys(db: Db, placed: readonly TaskDraft[], ids: Ids, inserted: Map<string, Inserted>) {
  for (;;) {
    const left = placed.filter((draft) => !inserted.has(draft.id))
    const found = await replays(db, left)
    const forgotten = left.filter((draft) => !found.has(draft))
    if (forgotten.length === 0) return found
    // The sweep of old keys came between the two statements.
    for (const [id, row] of await insertRows(db, forgotten, ids)) inserted.set(id, row)
  }
}

function answerOf(draft: TaskDraft, replay: Replay | undefined): InsertedTask {
  if (replay?.bodyHash !== draft.idempotency?.bodyHash) return { kind: 'key_reused' }
  return { kind: 'replayed', task: (replay as Replay).task }
}

async function insertRows(db: Db, drafts: readonly TaskDraft[], ids: Ids): Promise<Map<string, Inserted>> {
  if (drafts.length === 0) return new Map()
  const keyed = drafts.some((draft) => draft.idempotency !== null)
  const rows = jsonRows(drafts.map((draft, place) => rowOf(draft, ids.get(queueKey(draft)) as string, place)))
  const statement = keyed ? insertSql.insertTasksWithKeys : insertSql.insertTasks
  const inserted = await db.executeQuery<{ id: string; number: string; created_at: Date }>(
    CompiledQuery.raw(statement, [rows]),
  )
  return new Map(
    inserted.rows.map((row) => [idOf(row.id), { number: Number(row.number), createdAt: row.created_at }] as const),
  )
}

function rowOf(draft: TaskDraft, queueId: string, place: number) {
  const row = {
    id: draft.id,
    company: draft.company,
    user_id: draft.user,
    name: draft.name,
    job: draft.job,
    queue_id: queueId,
    priority: draft.priority,
    tags: draft.tags,
    attempts_allowed: draft.attemptsAllowed,
    // An absent column costs neither side anything; a null one would be written and read.
    input: draft.input ?? undefined,
    input_key: draft.inputKey ?? undefined,
    traceparent: draft.traceparent ?? undefined,
    expires_in: draft.expiresInSeconds ?? undefined,
  }
  if (draft.idempotency === null) return row
  const { key, bodyHash } = draft.idempotency
  return { ...row, place, key, body_hash: bodyHash, draft: JSON.stringify(draft) }
}
