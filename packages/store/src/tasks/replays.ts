import type { Task, TaskDraft } from '@inferq/domain'
import { CompiledQuery } from 'kysely'
import type { Db } from '../server/server.ts'
import { jsonRows, storable } from '../sql-text.ts'
import { findKeys } from './insert-sql.ts'
import { insertedTask } from './inserted-task.ts'

/** The first use of an idempotency key: for which body, and what it was answered. */
export interface Replay {
  bodyHash: string
  task: Task
}

interface KeyRow {
  company: string
  key: string
  body_hash: string
  number: string | number
  draft: TaskDraft
  created_at: Date
}

/** The drafts whose key is taken, each with what it was taken for. */
export async function replays(db: Db, drafts: readonly TaskDraft[]): Promise<Map<TaskDraft, Replay>> {
  const wanted = drafts.map((draft) => ({ company: draft.company, key: draft.idempotency?.key }))
  const { rows } = await db.executeQuery<KeyRow>(CompiledQuery.raw(findKeys, [jsonRows(wanted)]))
  const byKey = new Map(rows.map((row) => [JSON.stringify([row.company, row.key]), row]))
  const found = new Map<TaskDraft, Replay>()
  for (const draft of drafts) {
    const row = byKey.get(JSON.stringify([draft.company, storable(draft.idempotency?.key ?? '')]))
    if (!row) continue
    const task = insertedTask(row.draft, { number: Number(row.number), createdAt: row.created_at })
    found.set(draft, { bodyHash: row.body_hash, task })
  }
  return found
}
