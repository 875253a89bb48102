import type { FileRecords } from '@inferq/domain'
import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { noteUnneeded } from './note-unneeded.ts'

/** Longer than the deletion of any page of files should take. */
const claimSeconds = 60

export const createFileRecords = (db: Db): FileRecords => ({
  keep: (company, path, size, quota) =>
    holdingCompany(db, company, async (transaction, bytes) => {
      const claim = await lockNote(transaction, company, path)
      if (claim?.isClaimed) return { kind: 'claimed' }
      const sizeBefore = await sizeOf(transaction, company, path)
      const growth = size - (sizeBefore ?? 0)
      if (quota !== null && growth > 0 && bytes + growth > quota) return { kind: 'over_quota' }
      await transaction
        .insertInto('stored_files')
        .values({ company, path, size, stored_at: clock })
        .onConflict((conflict) => conflict.columns(['company', 'path']).doUpdateSet({ size, stored_at: clock }))
        .execute()
      await addBytes(transaction, company, growth)
      if (claim) await forgetNote(transaction, company, path)
      return { kind: 'kept', sizeBefore }
    }),

  drop: (company, path) =>
    holdingCompany(db, company, async (transaction) => {
      const gone = await transaction
        .deleteFrom('stored_files')
        .where('company', '=', company)
        .where('path', '=', path)
        .returning('size')
        .executeTakeFirst()
      if (gone) await addBytes(transaction, company, -Number(gone.size))
      await forgetNote(transaction, company, path)
    }),

  async usageOf(company, path) {
    const usage = await db.selectFrom('file_usage').select('bytes').where('company', '=', company).executeTakeFirst()
    return { bytes: Number(usage?.bytes ?? 0), ofPath: (await sizeOf(db, company, path)) ?? 0 }
  },

  noteUnneeded: (company, paths, storedBefore) => noteUnneeded(db, company, paths, storedBefore),

  async isUnneeded(company, path) {
    const note = db.selectFrom('unneeded_files').select('path').where('company', '=', company).where('path', '=', path)
    return (await note.executeTakeFirst()) !== undefined
  },

  claim: (company, path) =>
    holdingCompany(db, company, async (transaction) => {
      const { numInsertedOrUpdatedRows } = await transaction
        .insertInto('unneeded_files')
        .values({ company, path, claimed_until: aMinuteFromNow })
        .onConflict((conflict) =>
          conflict
            .columns(['company', 'path'])
            .doUpdateSet({ claimed_until: aMinuteFromNow })
            .where(sql<boolean>`not ${isClaimed}`),
        )
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    }),

  async claimUnneeded(limit, olderThanMs) {
    const oldest = db
      .selectFrom('unneeded_files')
      .select(['company', 'path'])
      .where(sql<boolean>`not ${isClaimed}`)
      .where('noted_at', '<=', sql<Date>`${clock} - ${olderThanMs} * interval '1 millisecond'`)
      .orderBy('noted_at')
      .limit(limit)
      .forUpdate()
      .skipLocked()
    return db
      .with('oldest', () => oldest)
      .updateTable('unneeded_files')
      .from('oldest')
      .set({ claimed_until: aMinuteFromNow })
      .whereRef('unneeded_files.company', '=', 'oldest.company')
      .whereRef('unneeded_files.path', '=', 'oldest.path')
      .returning(['unneeded_files.company', 'unneeded_files.path'])
      .execute()
  },
})

// Not now(), which is the time at which a transaction began that may have waited long for its turn.
const clock = sql<Date>`clock_timestamp()`
const isClaimed = sql<boolean>`coalesce(unneeded_files.claimed_until > ${clock}, false)`
const aMinuteFromNow = sql<Date>`${clock} + ${claimSeconds} * interval '1 second'`

/** One at a time changes what a company has; the work is shown how many bytes that are. */
const holdingCompany = <T>(db: Db, company: string, work: (transaction: Db, bytes: number) => Promise<T>): Promise<T> =>
  db.transaction().execute(async (transaction) => {
    const { bytes } = await transaction
      .insertInto('file_usage')
      .values({ company })
      .onConflict((conflict) => conflict.column('company').doUpdateSet({ company }))
      .returning('bytes')
      .executeTakeFirstOrThrow()
    return work(transaction, Number(bytes))
  })

const lockNote = (transaction: Db, company: string, path: string) =>
  transaction
    .selectFrom('unneeded_files')
    .select(isClaimed.as('isClaimed'))
    .where('company', '=', company)
    .where('path', '=', path)
    .forUpdate()
    .executeTakeFirst()

async function sizeOf(db: Db, company: string, path: string): Promise<number | null> {
  const file = db.selectFrom('stored_files').select('size').where('company', '=', company).where('path', '=', path)
  const row = await file.executeTakeFirst()
  return row ? Number(row.size) : null
}

const addBytes = (transaction: Db, company: string, bytes: number) =>
  transaction
    .updateTable('file_usage')
    .set(({ eb }) => ({ bytes: eb('bytes', '+', bytes) }))
    .where('company', '=', company)
    .execute()

const forgetNote = (transaction: Db, company: string, path: string) =>
  transaction.deleteFrom('unneeded_files').where('company', '=', company).where('path', '=', path).execute()
