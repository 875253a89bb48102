import type { QueueRef } from '@inferq/domain'
import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { jsonRows } from '../sql-text.ts'

/** Company ids hold no slash. */
export const queueKey = ({ company, queue }: QueueRef): string => `${company}/${queue}`

interface QueueRow {
  id: string
  company: string
  name: string
}

/** Another process may rename a queue, and this one then goes on under the old name for no longer than this. */
const rememberMs = 2_000

/** From a queue's name to its id. Remembered for a while; queues are made on first use, up to the limit. */
export class QueueIds {
  #remembered = new Map<string, string>()
  #rememberedSince = 0
  readonly #maxPerCompany: number

  constructor(maxPerCompany: number) {
    this.#maxPerCompany = maxPerCompany
  }

  /** The ids of all that are named, or null when one of them has to be looked up. */
  known(refs: readonly QueueRef[]): ReadonlyMap<string, string> | null {
    if (performance.now() - this.#rememberedSince > rememberMs) this.forget()
    return refs.every((ref) => this.#remembered.has(queueKey(ref))) ? this.#remembered : null
  }

  /** Keeps ids that `findOrMake` gave. Not before its transaction is committed: a rolled back queue has no id. */
  remember<T>({ ids, answer }: { ids: ReadonlyMap<string, string>; answer: T }): T {
    for (const [key, id] of ids) this.#remembered.set(key, id)
    return answer
  }

  forget(): void {
    // Not emptied: an insert that is under way still reads the one that it was given.
    this.#remembered = new Map()
    this.#rememberedSince = performance.now()
  }

  /** Ids by `queueKey`. What is missing in the answer would be one queue too many for its company. */
  async findOrMake(transaction: Db, refs: readonly QueueRef[]): Promise<ReadonlyMap<string, string>> {
    const ids = await findIds(transaction, refs)
    const missing = refs.filter((ref) => !ids.has(queueKey(ref)))
    // In order: two transactions that take the same locks must not wait for each other.
    for (const company of [...new Set(missing.map((ref) => ref.company))].sort()) {
      const ofCompany = missing.filter((ref) => ref.company === company)
      for (const [key, id] of await this.#make(transaction, company, ofCompany)) ids.set(key, id)
    }
    return ids
  }

  /** How many more queues this company may have. Nobody else makes one of its queues until the transaction ends. */
  async room(transaction: Db, company: string): Promise<number> {
    await lockQueues(transaction, company)
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from queues where company = ${company}`.execute(transaction)
    return Math.max(0, this.#maxPerCompany - (rows[0]?.count ?? 0))
  }

  async #make(transaction: Db, company: string, refs: readonly QueueRef[]): Promise<Map<string, string>> {
    const room = await this.room(transaction, company)
    const ids = await findIds(transaction, refs)
    const names = new Set(refs.filter((ref) => !ids.has(queueKey(ref))).map((ref) => ref.queue))
    const queues = [...names].slice(0, room).map((name) => ({ company, name }))
    if (queues.length === 0) return ids
    const made = await transaction
      .insertInto('queues')
      .values(queues)
      .onConflict((conflict) => conflict.doNothing())
      .returning(['id', 'company', 'name'])
      .execute()
    for (const row of made) ids.set(keyOf(row), row.id)
    return ids
  }
}

/** Whoever makes, renames or marks queues of one company does so one at a time. */
export async function lockQueues(transaction: Db, company: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${company}, 730022))`.execute(transaction)
}

async function findIds(db: Db, refs: readonly QueueRef[]): Promise<Map<string, string>> {
  const wanted = jsonRows(refs.map(({ company, queue }) => ({ company, name: queue })))
  const { rows } = await sql<QueueRow>`
    select id, company, name from queues
    where (company, name) in (select company, name from json_to_recordset(${wanted}::json) as r (company text, name text))
  `.execute(db)
  return new Map(rows.map((row) => [keyOf(row), row.id]))
}

const keyOf = ({ company, name }: QueueRow): string => queueKey({ company, queue: name })
