import type { QueuedPosition } from '@inferq/domain'
import { describe, expect, it } from 'vitest'
import { company, draft, foreignCompany, insertOne, patch, type Suite, succeeded, taskIn } from './subject.ts'

export const listTasksSuite: Suite = (subject) => {
  const insert = async (...drafts: ReturnType<typeof draft>[]) =>
    (await subject.store.tasks.insertTasks(drafts)).map(taskIn)
  const ids = (tasks: readonly { id: string }[]) => tasks.map(({ id }) => id)

  describe('listTasks', () => {
    it('gives the newest first, page by page, each task once', async () => {
      const tasks = await insert(...Array.from({ length: 5 }, () => draft()))
      const newest = ids(tasks).toReversed()
      const first = await subject.store.tasks.listTasks(company, { limit: 2 })
      expect(first).toEqual(tasks.slice(3).toReversed())
      const rest = await subject.store.tasks.listTasks(company, { limit: 9, beforeId: newest[1] as string })
      expect(ids(rest)).toEqual(newest.slice(2))
    })

    it('applies every filter, and all of them together', async () => {
      const wanted = draft({ queue: 'q', job: 'j', name: 'n', tags: ['a', 'b', 'c'] })
      const others = [{ queue: 'x' }, { job: 'x' }, { name: 'x' }, { tags: ['a'] }, { company: foreignCompany }]
      await insert(wanted, ...others.map((other) => draft({ ...wanted, id: draft().id, ...other })))
      const list = async (query: object) => ids(await subject.store.tasks.listTasks(company, { limit: 9, ...query }))
      const query = { queue: 'q', job: 'j', name: 'n', tags: ['c', 'a'] }
      expect(await list(query)).toEqual([wanted.id])
      expect(await list({ ...query, statuses: ['queued', 'failed'] })).toEqual([wanted.id])
      expect(await list({ ...query, statuses: ['failed'] })).toEqual([])
      expect(await list({ ...query, statuses: [] })).toEqual([])
      for (const [name, value] of Object.entries(query)) {
        expect(await list({ [name]: value }), name).toHaveLength(4)
      }
      expect(await list({ queue: 'none' })).toEqual([])
      expect(await list({ name: 'a\0b' })).toEqual([])
    })
  })

  describe('listQueued', () => {
    it('goes through all companies in the order in which the tasks wait, page by page, each task once', async () => {
      const priorities = [5, 1, 5, 1_000_000, 1]
      const drafts = priorities.map((priority, place) =>
        draft({ priority, company: place % 2 ? company : foreignCompany }),
      )
      // The same queue time within a batch: then the id decides.
      await insert(...drafts.slice(0, 3))
      await insert(...drafts.slice(3))
      const expected = [1, 4, 0, 2, 3].map((place) => drafts[place]?.id)
      const found: string[] = []
      let after: QueuedPosition | null = null
      for (;;) {
        const page = await subject.store.tasks.listQueued({ after, since: null, olderThanMs: 0, limit: 2 })
        found.push(...ids(page))
        after = page.at(-1) ?? after
        if (page.length < 2) break
      }
      expect(found).toEqual(expected)
    })

    it('carries what is needed to make the job again', async () => {
      const [task] = await insert(draft({ queue: 'gpu', traceparent: 't', input: '{"a": 1.0}' }))
      const [live] = await subject.store.tasks.listQueued({ after: null, since: null, olderThanMs: 0, limit: 9 })
      expect(task).toMatchObject(live as object)
      expect(live).toMatchObject({ queue: 'gpu', traceparent: 't', input: '{"a": 1.0}', inputKey: null })
    })

    it('leaves out what is not queued, too young or queued before the given time', async () => {
      const [task, running] = await insert(draft(), draft())
      await subject.store.tasks.recordOutcomes([patch(running as NonNullable<typeof running>)])
      const list = async (options: object) =>
        ids(await subject.store.tasks.listQueued({ after: null, since: null, olderThanMs: 0, limit: 9, ...options }))
      const queuedAt = task?.queuedAt as Date
      expect(await list({})).toEqual([task?.id])
      expect(await list({ olderThanMs: 60_000 })).toEqual([])
      expect(await list({ since: queuedAt })).toEqual([task?.id])
      expect(await list({ since: new Date(queuedAt.getTime() + 1) })).toEqual([])
    })
  })

  describe('listRunning, listExpired and filterRuns', () => {
    it('list what runs and has been still for a while, by id', async () => {
      const tasks = await insert(draft(), draft(), draft(), draft())
      await subject.store.tasks.recordOutcomes(tasks.slice(1).map((task) => patch(task)))
      const list = async (afterId: string | null, olderThanMs = 0) =>
        ids(await subject.store.tasks.listRunning({ afterId, olderThanMs, limit: 2 }))
      expect(await list(null)).toEqual(ids(tasks.slice(1, 3)))
      expect(await list(tasks[2]?.id ?? '')).toEqual(ids(tasks.slice(3)))
      expect(await list(null, 60_000)).toEqual([])
    })

    it('list what waits beyond its time to start, and never what has started', async () => {
      const [expired, started] = await insert(draft({ expiresInSeconds: -2 }), draft({ expiresInSeconds: -3 }))
      await insert(draft({ expiresInSeconds: 60 }), draft())
      expect(ids(await subject.store.tasks.listExpired(9))).toEqual([started?.id, expired?.id])
      await subject.store.tasks.recordOutcomes([patch(started as NonNullable<typeof started>)])
      expect(ids(await subject.store.tasks.listExpired(9))).toEqual([expired?.id])
    })

    it('tell which runs are current and in one of the statuses', async () => {
      const [queued, done] = await insert(draft(), draft())
      if (!queued || !done) throw new Error('two were inserted')
      await subject.store.tasks.recordOutcomes([succeeded(done)])
      const runs = [
        { taskId: queued.id, run: 1 },
        { taskId: queued.id, run: 2 },
        { taskId: done.id, run: 1 },
        { taskId: draft().id, run: 1 },
      ]
      expect(await subject.store.tasks.filterRuns(runs, ['queued', 'in_progress'])).toEqual(new Set([`${queued.id}-1`]))
      expect(await subject.store.tasks.filterRuns(runs, ['completed'])).toEqual(new Set([`${done.id}-1`]))
    })
  })

  describe('the queues', () => {
    it('say when their oldest waiting task was queued, and nothing when none waits', async () => {
      const task = await insertOne(subject.store, { queue: 'a' })
      await insertOne(subject.store, { queue: 'a' })
      const other = await insertOne(subject.store, { queue: 'b', company: foreignCompany })
      await subject.store.tasks.recordOutcomes([patch(other)])
      const [a, b] = await subject.store.queues.listAllQueues()
      expect(a).toMatchObject({ company, name: 'a', oldestQueuedAt: task.queuedAt, isDefault: false, paused: false })
      expect(b).toMatchObject({ company: foreignCompany, name: 'b', oldestQueuedAt: null })
      expect(a?.id).toMatch(/^[0-9a-f]{32}$/)
    })

    it('are paused and resumed by name', async () => {
      await insertOne(subject.store, { queue: 'a b' })
      expect(await subject.store.queues.setPaused(company, 'a b', true)).toMatchObject({ name: 'a b', paused: true })
      expect(await subject.store.queues.findQueue(company, 'a b')).toMatchObject({ paused: true })
      expect(await subject.store.queues.setPaused(company, 'a b', false)).toMatchObject({ paused: false })
      expect(await subject.store.queues.setPaused(company, 'none\0', true)).toBeNull()
    })
  })
}
