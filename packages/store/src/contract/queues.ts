import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { company, foreignCompany, insertOne, type Suite } from './subject.ts'

const unknownId = 'f'.repeat(32)

export const queuesSuite: Suite = (subject) => {
  const queues = () => subject.store.queues
  const rejects = (work: Promise<unknown>, code: string) => expect(work).rejects.toMatchObject({ code })

  describe('createQueue', () => {
    it('makes a queue with all that it is given, under any name', async () => {
      const given = {
        name: 'Prüfung: a/b {1}',
        displayName: 'Checks',
        tags: ['b', 'a'],
        systemTags: ['k8s-glue'],
        metadata: { owner: { key: 'owner', type: 'str', value: 'me\0' } },
      }
      const queue = await queues().createQueue(company, given)
      const kept = { ...given, metadata: { owner: { key: 'owner', type: 'str', value: 'me\ufffd' } } }
      expect(queue).toMatchObject({ ...kept, company, isDefault: false, paused: false, agentsWaiting: 0 })
      expect(queue.updatedAt).toEqual(queue.createdAt)
      expect(await queues().findQueue(company, given.name)).toEqual(queue)
      const plain = await queues().createQueue(company, { name: 'plain' })
      expect(plain).toMatchObject({ displayName: null, tags: [], systemTags: [], metadata: {} })
    })

    it('refuses a name that the company has, and one queue too many', async () => {
      await queues().createQueue(company, { name: 'a' })
      await queues().createQueue(foreignCompany, { name: 'a' })
      await rejects(queues().createQueue(company, { name: 'a' }), 'NAME_TAKEN')
      const narrow = subject.another(1).queues
      await rejects(narrow.createQueue(company, { name: 'b' }), 'TOO_MANY_QUEUES')
      await rejects(narrow.ensureQueue(company, 'b'), 'TOO_MANY_QUEUES')
      expect(await narrow.ensureQueue(company, 'a')).toMatchObject({ name: 'a' })
      expect(await queues().listQueues(company)).toHaveLength(1)
    })

    it('keeps the limit when many make queues at once', async () => {
      const stores = Array.from({ length: 6 }, () => subject.another(2).queues)
      const made = await Promise.allSettled(stores.map((store, place) => store.ensureQueue(company, `q${place}`)))
      expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
      expect(await queues().listQueues(company)).toHaveLength(2)
    })
  })

  describe('ensureQueue', () => {
    it('gives everyone who asks at once the same queue', async () => {
      const stores = [subject.store, subject.another(), subject.another(), subject.another()]
      const made = await Promise.all(stores.map((store) => store.queues.ensureQueue(company, 'gpu')))
      expect(new Set(made.map(({ id }) => id)).size).toBe(1)
    })
  })

  describe('findQueuesById', () => {
    it('answers in the order of the ids, without what is unknown, foreign or no id', async () => {
      const a = await queues().createQueue(company, { name: 'a' })
      const b = await queues().createQueue(company, { name: 'b' })
      const foreign = await queues().createQueue(foreignCompany, { name: 'c' })
      const ids = [b.id, 'a', foreign.id, unknownId, a.id, b.id, '\0']
      expect(await queues().findQueuesById(company, ids)).toEqual([b, a])
      expect(await queues().findQueuesById(company, ['default'])).toEqual([])
    })

    it('counts what waits for agents', async () => {
      const queue = await queues().createQueue(company, { name: 'a' })
      for (const task of [unknownId, 'e'.repeat(32)]) {
        await subject.db.insertInto('queue_entries').values({ queue_id: queue.id, task_id: task }).execute()
      }
      expect(await queues().findQueuesById(company, [queue.id])).toMatchObject([{ agentsWaiting: 2 }])
    })
  })

  describe('changeQueue', () => {
    it('changes what is named and leaves the rest, and the time of the last entry, as they were', async () => {
      const queue = await queues().createQueue(company, { name: 'a', tags: ['t'], displayName: 'A' })
      expect(await queues().changeQueue(company, queue.id, {})).toEqual(queue)
      const metadata = { k: { key: 'k', type: 'int', value: '1' } }
      const changes = { name: 'b', displayName: null, metadata }
      expect(await queues().changeQueue(company, queue.id, changes)).toEqual({ ...queue, ...changes })
      expect(await queues().findQueue(company, 'a')).toBeNull()
    })

    it('changes it as a function decides on what it is now, one after the other', async () => {
      const { id } = await queues().createQueue(company, { name: 'a' })
      const add = (key: string) =>
        queues().changeQueue(company, id, ({ metadata }) => ({ metadata: { ...metadata, [key]: { key } } }))
      await Promise.all(['a', 'b', 'c', 'd'].map(add))
      const [changed] = await queues().findQueuesById(company, [id])
      expect(Object.keys(changed?.metadata ?? {}).sort()).toEqual(['a', 'b', 'c', 'd'])
      const refuse = () => {
        throw new RangeError('no')
      }
      await expect(queues().changeQueue(company, id, refuse)).rejects.toThrow(RangeError)
    })

    it('refuses a name that is taken, and knows no foreign queue', async () => {
      const queue = await queues().createQueue(company, { name: 'a' })
      await queues().createQueue(company, { name: 'b' })
      await rejects(queues().changeQueue(company, queue.id, { name: 'b' }), 'NAME_TAKEN')
      expect(await queues().changeQueue(foreignCompany, queue.id, { name: 'c' })).toBeNull()
      expect(await queues().changeQueue(company, 'a', { name: 'c' })).toBeNull()
      expect(await queues().findQueuesById(company, [queue.id])).toEqual([queue])
    })

    it('gives a renamed queue the tasks of its new name, and the old name a new queue', async () => {
      const before = await insertOne(subject.store, { queue: 'old' })
      const queue = await queues().findQueue(company, 'old')
      await queues().changeQueue(company, queue?.id ?? '', { name: 'new' })
      expect(await subject.store.tasks.findTask(company, before.id)).toMatchObject({ queue: 'new' })
      const after = await insertOne(subject.store, { queue: 'old' })
      expect(await subject.store.tasks.findTask(company, after.id)).toMatchObject({ queue: 'old' })
      expect(await queues().listQueues(company)).toMatchObject([{ id: queue?.id }, { name: 'old' }])
    })

    it('moves the mark of the default queue, of which there is one at most, also when several move it at once', async () => {
      const made = await Promise.all(
        ['a', 'b', 'c'].map((name) => queues().createQueue(company, { name, isDefault: true })),
      )
      const marked = async () => (await queues().listQueues(company)).filter(({ isDefault }) => isDefault)
      expect(await marked()).toHaveLength(1)
      await Promise.all(made.map(({ id }) => subject.another().queues.changeQueue(company, id, { isDefault: true })))
      const [current] = await marked()
      expect(await marked()).toHaveLength(1)
      await queues().changeQueue(company, current?.id ?? '', { isDefault: false })
      expect(await marked()).toEqual([])
    })
  })

  describe('deleteQueue', () => {
    it('takes its entries and samples with it, and its tasks are then on no queue', async () => {
      const task = await insertOne(subject.store, { queue: 'a' })
      const other = await insertOne(subject.store, { queue: 'b' })
      const queue = await queues().findQueue(company, 'a')
      const id = queue?.id ?? ''
      await subject.db.insertInto('queue_entries').values({ queue_id: id, task_id: task.id }).execute()
      const sample = { queueId: id, at: new Date(), averageWaitSeconds: 1, entries: 1 }
      await subject.store.samples.addQueueSamples([sample])
      expect(await queues().deleteQueue(foreignCompany, id)).toBeNull()
      expect(await queues().deleteQueue(company, 'a')).toBeNull()
      expect(await queues().deleteQueue(company, id)).toMatchObject({ id, name: 'a', agentsWaiting: 1 })
      expect(await queues().deleteQueue(company, id)).toBeNull()
      expect(await subject.store.tasks.findTask(company, task.id)).toEqual({ ...task, queue: null })
      expect(await subject.store.tasks.findTask(company, other.id)).toEqual(other)
      expect(await subject.db.selectFrom('queue_entries').selectAll().execute()).toEqual([])
    })

    it('leaves its name to a new queue, also for a process that remembers the old one', async () => {
      const elsewhere = subject.another()
      await insertOne(elsewhere, { queue: 'a' })
      const queue = await queues().findQueue(company, 'a')
      await queues().deleteQueue(company, queue?.id ?? '')
      const task = await insertOne(elsewhere, { queue: 'a' })
      expect(await subject.store.tasks.findTask(company, task.id)).toMatchObject({ queue: 'a' })
      expect((await queues().findQueue(company, 'a'))?.id).not.toBe(queue?.id)
    })

    it('lets go of more tasks than one statement changes', async () => {
      const { id } = await queues().createQueue(company, { name: 'a' })
      await sql`
        insert into tasks (id, company, user_id, name, status, queue_id, priority, run, attempts_allowed)
        select gen_random_uuid(), ${company}, 'user', 'many', 'completed', ${id}::uuid, 100, 1, 3
        from generate_series(1, 1001)`.execute(subject.db)
      expect(await queues().deleteQueue(company, id)).toMatchObject({ name: 'a' })
      const { rows } = await sql`select count(*)::int as count from tasks where queue_id is null`.execute(subject.db)
      expect(rows).toEqual([{ count: 1_001 }])
    })
  })
}
