import type { TaskDraft, TaskPageQuery } from '@inferq/domain'
import { describe, expect, it } from 'vitest'
import { company, failed, foreignCompany, insertOne, patch, type Suite, succeeded } from './subject.ts'

const longAgo = new Date(0)
const query = { jobs: ['embed.audio', 'embed.video'], withoutTag: 'unlisted', createdAfter: longAgo, offset: 0 }

export const pageTasksSuite: Suite = (subject) => {
  const insert = (changes: Partial<TaskDraft> = {}) => insertOne(subject.store, { job: 'embed.video', ...changes })
  const page = (changes: Partial<TaskPageQuery> = {}) =>
    subject.store.tasks.pageTasks(company, { ...query, limit: 9, ...changes })
  const idsOn = async (changes: Partial<TaskPageQuery>) => (await page(changes)).tasks.map(({ id }) => id)
  const makeOlder = (id: string, days: number) =>
    subject.db
      .updateTable('tasks')
      .set({ created_at: new Date(Date.now() - days * 86_400_000) })
      .where('id', '=', id)
      .execute()

  describe('pages of tasks', () => {
    it('hold the newest first, each task once, with the count of all', async () => {
      const tasks = [await insert(), await insert({ job: 'embed.audio' }), await insert()].toReversed()
      expect(await page({ limit: 2 })).toEqual({ tasks: tasks.slice(0, 2), total: 3 })
      expect(await page({ limit: 2, offset: 2 })).toEqual({ tasks: tasks.slice(2), total: 3 })
      expect(await page({ limit: 2, offset: 4 })).toEqual({ tasks: [], total: 3 })
    })

    it('hold the tasks of the company and of the jobs alone, and none with the tag that is left out', async () => {
      const [video, audio] = [await insert({ tags: ['listed'] }), await insert({ job: 'embed.audio' })]
      await insert({ company: foreignCompany })
      await insert({ job: 'embed.text' })
      await insert({ tags: ['a', 'unlisted'] })
      expect(await idsOn({})).toEqual([audio.id, video.id])
      expect(await idsOn({ jobs: ['embed.video'] })).toEqual([video.id])
      expect(await page({ jobs: [] })).toEqual({ tasks: [], total: 0 })
    })

    it('hold those of some statuses where that is asked', async () => {
      const [queued, running, done] = [await insert(), await insert(), await insert()]
      await subject.store.tasks.recordOutcomes([patch(running), succeeded(done)])
      expect(await idsOn({ statuses: ['queued', 'in_progress'] })).toEqual([running.id, queued.id])
      expect(await page({ statuses: ['completed'] })).toMatchObject({ tasks: [{ id: done.id }], total: 1 })
      expect(await page({ statuses: [] })).toEqual({ tasks: [], total: 0 })
    })

    it('hold those made after one time and before another', async () => {
      const [old, older, now] = [await insert(), await insert(), await insert()]
      await makeOlder(old.id, 2)
      await makeOlder(older.id, 4)
      const ago = (days: number) => new Date(Date.now() - days * 86_400_000)
      expect(await idsOn({ createdAfter: ago(5) })).toEqual([now.id, old.id, older.id])
      expect(await idsOn({ createdAfter: ago(3) })).toEqual([now.id, old.id])
      expect(await page({ createdAfter: ago(5), createdBefore: ago(1) })).toMatchObject({ total: 2 })
      // Neither bound is part of it.
      const { createdAt } = now
      expect(await idsOn({ createdAfter: createdAt })).toEqual([])
      expect(await idsOn({ createdBefore: createdAt })).toEqual([old.id, older.id])
    })
  })

  describe('tasks that are kept for a time', () => {
    const list = (olderThanMs: number, limit = 9) =>
      subject.store.tasks.listPassing({ tag: 'passing', olderThanMs, limit })

    it('are listed once they are that old, of all companies, the oldest first', async () => {
      const tags = ['passing', 'x']
      const tasks = [await insert({ tags }), await insert({ tags, company: foreignCompany }), await insert({ tags })]
      const untagged = await insert()
      await subject.store.tasks.recordOutcomes([...tasks, untagged].map((task) => succeeded(task)))
      for (const [days, task] of tasks.entries()) await makeOlder(task.id, days + 1)
      const ids = tasks.map(({ id, company: of }) => ({ id, company: of })).toReversed()
      expect(await list(0)).toEqual(ids)
      expect(await list(0, 1)).toEqual(ids.slice(0, 1))
      expect(await list(1.5 * 86_400_000)).toEqual(ids.slice(0, 2))
    })

    it('are not listed while they wait or run, or when they have been published', async () => {
      const tags = ['passing']
      const [stopped, running] = [await insert({ tags }), await insert({ tags })]
      const [broken, published] = [await insert({ tags }), await insert({ tags })]
      await insert({ tags })
      await subject.store.tasks.recordOutcomes([patch(running), failed(broken)])
      for (const [task, status] of [
        [stopped, 'stopped'],
        [published, 'published'],
      ] as const) {
        await subject.store.tasks.updateTask(company, task.id, { statuses: ['queued'] }, { status })
      }
      expect((await list(0)).map(({ id }) => id)).toEqual([stopped.id, broken.id])
    })
  })
}
