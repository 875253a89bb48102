import { describe, expect, it } from 'vitest'
import { company, draft, foreignCompany, insertOne, nextId, type Suite, taskIn } from './subject.ts'

export const insertTasksSuite: Suite = (subject) => {
  describe('insertTasks', () => {
    it('answers in the order of the drafts with the tasks as they are then found', async () => {
      const drafts = [
        draft({ queue: 'b', priority: 1, tags: ['x', 'ü"\\'], expiresInSeconds: 60 }),
        draft({ queue: 'a', input: null, inputKey: 'inputs/1.json', traceparent: '00-1-2-01' }),
        draft({ queue: 'b', company: foreignCompany }),
      ]
      const answers = await subject.store.tasks.insertTasks(drafts)
      const tasks = answers.map(taskIn)
      expect(tasks.map((task) => task.id)).toEqual(drafts.map(({ id }) => id))
      for (const task of tasks) expect(await subject.store.tasks.findTask(task.company, task.id)).toEqual(task)
      expect(tasks[0]).toMatchObject({
        status: 'queued',
        run: 1,
        step: 0,
        queue: 'b',
        priority: 1,
        tags: ['x', 'ü"\\'],
      })
      expect(tasks[0]?.events).toEqual([
        { type: 'queued', at: tasks[0]?.createdAt.getTime(), run: 1, status: 'queued' },
      ])
      expect(new Set(tasks.map(({ number }) => number)).size).toBe(3)
    })

    it('keeps an input exactly as the text that it came as', async () => {
      const input = '{"b": 1.0, "a":[1e2, "\\u0000 \\ud800 \\"}"],"b":2,  "ü":"😀"}'
      const task = await insertOne(subject.store, { input })
      expect((await subject.store.tasks.findTask(company, task.id))?.input).toBe(input)
    })

    it('stores text that Postgres cannot hold with a replacement, and never at the cost of the rest of the batch', async () => {
      const odd = draft({ name: 'a\0b', tags: ['\ud800'] })
      const even = draft({ name: 'back\\u0000slash' })
      await subject.store.tasks.insertTasks([odd, even])
      expect(await subject.store.tasks.findTask(company, odd.id)).toMatchObject({ name: 'a\ufffdb', tags: ['\ufffd'] })
      expect(await subject.store.tasks.findTask(company, even.id)).toMatchObject({ name: 'back\\u0000slash' })
    })

    it('inserts all or, when one cannot be stored, none', async () => {
      const good = draft()
      await expect(subject.store.tasks.insertTasks([good, draft({ input: '{"broken' })])).rejects.toMatchObject({
        code: 'INTERNAL',
      })
      expect(await subject.store.tasks.findTask(company, good.id)).toBeNull()
    })

    it('makes a queue on first use, once, however many ask for it at the same time', async () => {
      const stores = [subject.store, subject.another(), subject.another()]
      await Promise.all(stores.map((store) => store.tasks.insertTasks([draft({ queue: 'n' }), draft({ queue: 'm' })])))
      const names = (await subject.store.queues.listQueues(company)).map(({ name }) => name)
      expect(names).toEqual(['m', 'n'])
    })

    it('refuses a queue too many for its draft alone, and counts each company for itself', async () => {
      const store = subject.another(2)
      const refs = ['a', 'b', 'c', 'a', 'd'].map((queue) => draft({ queue }))
      const answers = await store.tasks.insertTasks([...refs, draft({ queue: 'z', company: foreignCompany })])
      expect(answers.map(({ kind }) => kind)).toEqual([
        'inserted',
        'inserted',
        'too_many_queues',
        'inserted',
        'too_many_queues',
        'inserted',
      ])
      const [again] = await store.tasks.insertTasks([draft({ queue: 'b' })])
      expect(again?.kind).toBe('inserted')
    })

    it('never passes the limit of queues when several processes make them at once', async () => {
      const stores = Array.from({ length: 4 }, () => subject.another(3))
      await Promise.all(
        stores.map((store, place) =>
          store.tasks.insertTasks([draft({ queue: `q${place}` }), draft({ queue: `r${place}` })]),
        ),
      )
      expect(await subject.store.queues.listQueues(company)).toHaveLength(3)
    })

    it('puts tasks into a queue made anew when the one it knew has been deleted elsewhere', async () => {
      const task = await insertOne(subject.store, { queue: 'short-lived' })
      await subject.store.tasks.deleteTask(company, task.id, { statuses: ['queued'] })
      await subject.db.deleteFrom('queues').where('name', '=', 'short-lived').execute()
      const next = await insertOne(subject.store, { queue: 'short-lived' })
      expect(await subject.store.tasks.findTask(company, next.id)).toMatchObject({ queue: 'short-lived' })
    })
  })

  describe('an idempotency key', () => {
    const keyed = (key: string, bodyHash = 'hash', more = {}) => draft({ idempotency: { key, bodyHash }, ...more })

    it('gives a repeat the first answer, also after the task has changed and after it is deleted', async () => {
      const first = await insertOne(subject.store, { idempotency: { key: 'k', bodyHash: 'hash' }, expiresInSeconds: 9 })
      const change = { status: 'stopped', priority: 5, queue: 'other' } as const
      await subject.store.tasks.updateTask(company, first.id, { statuses: ['queued'] }, change)
      const [replayed] = await subject.store.tasks.insertTasks([keyed('k')])
      expect(replayed).toEqual({ kind: 'replayed', task: first })
      await subject.store.tasks.deleteTask(company, first.id, { statuses: ['stopped'] })
      expect(await subject.another().tasks.insertTasks([keyed('k')])).toEqual([{ kind: 'replayed', task: first }])
    })

    it('is refused for another body, and leaves the rest of the batch alone', async () => {
      await insertOne(subject.store, { idempotency: { key: 'k', bodyHash: 'hash' } })
      const answers = await subject.store.tasks.insertTasks([draft(), keyed('k', 'other'), keyed('new')])
      expect(answers.map(({ kind }) => kind)).toEqual(['inserted', 'key_reused', 'inserted'])
    })

    it('counts for its company only', async () => {
      await insertOne(subject.store, { idempotency: { key: 'k', bodyHash: 'hash' } })
      const [answer] = await subject.store.tasks.insertTasks([keyed('k', 'other', { company: foreignCompany })])
      expect(answer?.kind).toBe('inserted')
    })

    it('used twice in one batch inserts the first', async () => {
      const drafts = [keyed('k'), keyed('k'), keyed('k', 'other')]
      const answers = await subject.store.tasks.insertTasks(drafts)
      expect(answers.map(({ kind }) => kind)).toEqual(['inserted', 'replayed', 'key_reused'])
      expect(taskIn(answers[1]).id).toBe(drafts[0]?.id)
      expect(await subject.store.tasks.listTasks(company, { limit: 9 })).toHaveLength(1)
    })

    it('used by many at once inserts exactly once, whatever the order of the keys in each batch', async () => {
      const keys = ['a', 'b', 'c', 'd']
      const stores = [subject.store, subject.another(), subject.another()]
      const batches = Array.from({ length: 12 }, (_, place) => {
        const order = place % 2 === 0 ? keys : keys.toReversed()
        return stores[place % 3]?.tasks.insertTasks(order.map((key) => keyed(key)))
      })
      const answers = (await Promise.all(batches)).flatMap((batch) => batch ?? [])
      expect(answers.filter(({ kind }) => kind === 'inserted')).toHaveLength(4)
      expect(answers.filter(({ kind }) => kind === 'replayed')).toHaveLength(44)
      expect(new Set(answers.map((answer) => taskIn(answer).id)).size).toBe(4)
      expect(await subject.store.tasks.listTasks(company, { limit: 99 })).toHaveLength(4)
    })

    it('may be used again once it has been forgotten', async () => {
      await insertOne(subject.store, { idempotency: { key: 'k', bodyHash: 'hash' } })
      expect(await subject.store.tasks.forgetIdempotencyKeys(60_000)).toBe(0)
      expect(await subject.store.tasks.forgetIdempotencyKeys(-1_000)).toBe(1)
      const [answer] = await subject.store.tasks.insertTasks([keyed('k', 'other', { id: nextId() })])
      expect(answer?.kind).toBe('inserted')
    })
  })
}
