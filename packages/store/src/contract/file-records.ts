import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { company, creation, foreignCompany, type Suite } from './subject.ts'

const path = 'project/a task.0123/artifacts/data/Žluť.csv'
const kept = (sizeBefore: number | null = null) => ({ kind: 'kept', sizeBefore })

export const fileRecordsSuite: Suite = (subject) => {
  const records = () => subject.store.fileRecords
  const usage = async (of = company) => (await records().usageOf(of, path)).bytes
  const unneeded = () => records().claimUnneeded(100, 0)
  /** As after a minute. */
  const expireClaims = () =>
    subject.db.updateTable('unneeded_files').set({ claimed_until: sql`now() - interval '1 second'` }).execute()

  describe('the room that files take', () => {
    it('is the sum of their sizes, per company, beyond what a 32-bit number holds', async () => {
      expect(await records().usageOf(company, path)).toEqual({ bytes: 0, ofPath: 0 })
      expect(await records().keep(company, path, 50_000_000_000, null)).toEqual(kept())
      expect(await records().keep(company, 'b', 1, null)).toEqual(kept())
      expect(await records().keep(foreignCompany, path, 7, null)).toEqual(kept())
      expect(await records().usageOf(company, path)).toEqual({ bytes: 50_000_000_001, ofPath: 50_000_000_000 })
      expect(await usage(foreignCompany)).toBe(7)
    })

    it('changes by the difference when a file takes the place of another', async () => {
      await records().keep(company, path, 10, null)
      expect(await records().keep(company, path, 4, null)).toEqual(kept(10))
      expect(await usage()).toBe(4)
      expect(await records().keep(company, path, 0, null)).toEqual(kept(4))
      expect(await usage()).toBe(0)
    })

    it('is given back by a file that is dropped, once', async () => {
      await records().keep(company, path, 10, null)
      await records().keep(company, 'b', 5, null)
      await records().drop(foreignCompany, path)
      await Promise.all([records().drop(company, path), records().drop(company, path)])
      expect(await usage()).toBe(5)
    })
  })

  describe('a quota', () => {
    it('takes what just fits, and counts nothing of what does not', async () => {
      expect(await records().keep(company, path, 10, 10)).toEqual(kept())
      expect(await records().keep(company, 'b', 1, 10)).toEqual({ kind: 'over_quota' })
      expect(await records().usageOf(company, 'b')).toEqual({ bytes: 10, ofPath: 0 })
    })

    it('lets a file take the room of the one that it replaces, and less when even that is over it', async () => {
      await records().keep(company, path, 10, 10)
      expect(await records().keep(company, path, 9, 10)).toEqual(kept(10))
      expect(await records().keep(company, path, 8, 5)).toEqual(kept(9))
      expect(await records().keep(company, path, 9, 5)).toEqual({ kind: 'over_quota' })
    })

    it('is never passed by files that come at once, from several processes', async () => {
      const stores = [subject.store, subject.another()]
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, i) => stores[i % 2]?.fileRecords.keep(company, `file ${i}`, 10, 55)),
      )
      expect(answers.filter((answer) => answer?.kind === 'kept')).toHaveLength(5)
      expect(await usage()).toBe(50)
    })

    it('counts one path once, however many write it at once', async () => {
      await Promise.all(Array.from({ length: 10 }, () => records().keep(company, path, 10, null)))
      expect(await usage()).toBe(10)
    })
  })

  describe('files that nobody needs', () => {
    it('are handed out oldest first, each to one caller, and again when that one did not come to its end', async () => {
      await records().noteUnneeded(company, ['a'])
      await subject.db.updateTable('unneeded_files').set({ noted_at: sql`now() - interval '1 hour'` }).execute()
      await records().noteUnneeded(foreignCompany, ['b', 'b'])
      await records().noteUnneeded(foreignCompany, ['b'])
      expect(await records().claimUnneeded(1, 0)).toEqual([{ company, path: 'a' }])
      expect(await unneeded()).toEqual([{ company: foreignCompany, path: 'b' }])
      expect(await unneeded()).toEqual([])
      await expireClaims()
      expect(await unneeded()).toHaveLength(2)
    })

    it('are not handed out before their time', async () => {
      await records().noteUnneeded(company, ['a', 'b'])
      await sql`update unneeded_files set noted_at = now() - interval '1 hour' where path = 'a'`.execute(subject.db)
      expect(await records().claimUnneeded(10, 1_800_000)).toEqual([{ company, path: 'a' }])
    })

    it('are given to one of many who claim at once', async () => {
      await records().noteUnneeded(
        company,
        Array.from({ length: 30 }, (_, i) => `${i}`),
      )
      const stores = [subject.store, subject.another(), subject.another()]
      const pages = await Promise.all(stores.map((store) => store.fileRecords.claimUnneeded(20, 0)))
      const paths = [...pages.flat(), ...(await unneeded())].map((file) => file.path)
      expect(paths.length).toBe(30)
      expect(new Set(paths).size).toBe(30)
    })

    it('are forgotten once they are dropped', async () => {
      await records().noteUnneeded(company, [path, 'b'])
      await records().drop(company, path)
      expect(await unneeded()).toEqual([{ company, path: 'b' }])
    })

    it('are needed again when they are uploaded again', async () => {
      await records().noteUnneeded(company, [path])
      await records().keep(company, path, 1, null)
      expect(await unneeded()).toEqual([])
    })

    it('are left alone when they were stored after the time from which nobody needed them', async () => {
      // Times are whole milliseconds, and those of one are not told apart.
      const nextMillisecond = () => sql`select pg_sleep(0.002)`.execute(subject.db)
      await records().keep(company, 'old', 1, null)
      await nextMillisecond()
      const { rows } = await sql<{ now: Date }>`select clock_timestamp()::timestamptz(3) as now`.execute(subject.db)
      await nextMillisecond()
      await records().keep(company, 'young', 1, null)
      await records().noteUnneeded(company, ['old', 'young', 'never counted'], rows[0]?.now)
      const paths = (await unneeded()).map((file) => file.path)
      expect(paths.sort()).toEqual(['never counted', 'old'])
    })

    it('are not uploaded while they are being deleted', async () => {
      await records().noteUnneeded(company, [path])
      await unneeded()
      expect(await records().keep(company, path, 1, null)).toEqual({ kind: 'claimed' })
      expect(await usage()).toBe(0)
      await records().drop(company, path)
      expect(await records().keep(company, path, 1, null)).toEqual(kept())
    })

    it('can be claimed by their path, by one at a time, noted or not', async () => {
      expect(await Promise.all([records().claim(company, path), records().claim(company, path)])).toContain(false)
      expect(await records().claim(company, path)).toBe(false)
      expect(await records().claim(foreignCompany, path)).toBe(true)
      expect(await records().keep(company, path, 1, null)).toEqual({ kind: 'claimed' })
      await expireClaims()
      expect(await records().claim(company, path)).toBe(true)
      await records().drop(company, path)
      await records().noteUnneeded(company, [path])
      expect(await records().claim(company, path)).toBe(true)
    })

    it('are no paths that cannot be one', async () => {
      await records().noteUnneeded(company, ['a\0b', '\ud800', 'x'.repeat(9_999), 'fine'])
      expect(await unneeded()).toEqual([{ company, path: 'fine' }])
      await records().noteUnneeded(company, [])
    })
  })

  describe('files of a task', () => {
    it('are unneeded once the change of the task that says so is written, and not when it is not', async () => {
      const { tasks } = subject.store
      const { id } = await tasks.createTask(creation())
      await tasks.changeTask(company, id, () => ({ set: {}, dropFiles: [path, 'b'] }))
      expect(await unneeded()).toHaveLength(2)
      const refused = tasks.changeTask(company, id, () => ({ set: { project: 'f'.repeat(32) }, dropFiles: ['c'] }))
      await expect(refused).rejects.toThrow()
      expect(await unneeded()).toEqual([])
    })

    it('are unneeded once it is deleted, and not when it is not', async () => {
      const { tasks } = subject.store
      const { id } = await tasks.createTask(creation())
      expect(await tasks.deleteTask(company, id, { statuses: ['queued'] }, ['a'])).toBeNull()
      expect(await unneeded()).toEqual([])
      expect(await tasks.deleteTask(company, id, { statuses: ['created'] }, ['a'])).toMatchObject({ id })
      expect(await unneeded()).toEqual([{ company, path: 'a' }])
    })
  })
}
