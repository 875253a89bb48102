import { describe, expect, it } from 'vitest'
import { company, foreignCompany, insertOne, patch, type Suite, succeeded } from './subject.ts'

export const updateTaskSuite: Suite = (subject) => {
  const find = async (id: string) => subject.store.tasks.findTask(company, id)

  describe('updateTask', () => {
    it('changes a row that is as the guard says, and appends an event of what it is then', async () => {
      const task = await insertOne(subject.store)
      const updated = await subject.store.tasks.updateTask(
        company,
        task.id,
        { statuses: ['queued'], run: 1, step: 0 },
        { status: 'stopped', statusReason: 'why', statusMessage: 'what', completedAt: 'now', run: 2 },
        { type: 'stopped', reason: 'why' },
      )
      expect(updated).toMatchObject({ status: 'stopped', statusReason: 'why', statusMessage: 'what', run: 2 })
      expect(updated?.completedAt).toEqual(updated?.statusChangedAt)
      const at = updated?.updatedAt.getTime()
      expect(updated?.events).toEqual([
        ...task.events,
        { type: 'stopped', at, run: 2, status: 'stopped', reason: 'why' },
      ])
      expect(await find(task.id)).toEqual(updated)
    })

    it.each([
      ['status', { statuses: ['in_progress'] }],
      ['run', { statuses: ['queued'], run: 2 }],
      ['step', { statuses: ['queued'], run: 1, step: 1 }],
      ['no status at all', { statuses: [] }],
    ] as const)('changes nothing when the guard names another %s', async (_what, guard) => {
      const task = await insertOne(subject.store)
      const change = { status: 'stopped', queue: 'new' } as const
      expect(await subject.store.tasks.updateTask(company, task.id, guard, change)).toBeNull()
      expect(await subject.store.tasks.deleteTask(company, task.id, guard)).toBeNull()
      expect(await find(task.id)).toEqual(task)
    })

    it('lets one of several writers with the same guard win', async () => {
      const task = await insertOne(subject.store)
      const guard = { statuses: ['queued'] as const, run: 1 }
      const writers = Array.from({ length: 5 }, (_, place) =>
        subject.store.tasks.updateTask(company, task.id, guard, { status: 'stopped', statusReason: `${place}` }),
      )
      expect((await Promise.all(writers)).filter((answer) => answer !== null)).toHaveLength(1)
    })

    it('clears and sets every column that an enqueue of a finished task does', async () => {
      const task = await insertOne(subject.store)
      await subject.store.tasks.recordOutcomes([
        succeeded(task, { progress: { fraction: 1 }, resultKey: 'results/1.json', result: null }),
      ])
      const queued = await subject.store.tasks.updateTask(
        company,
        task.id,
        { statuses: ['completed'], run: 1 },
        {
          status: 'queued',
          statusReason: '',
          queue: 'another',
          priority: 7,
          run: 2,
          step: 0,
          enqueueStatus: 'completed',
          queuedAt: 'now',
          startedAt: null,
          completedAt: null,
          result: null,
          resultKey: null,
          error: null,
          progress: null,
          timings: null,
          worker: null,
          nextAttemptAt: null,
          expiresAt: null,
        },
        { type: 'queued' },
      )
      const { createdAt, updatedAt, statusChangedAt, events } = queued ?? {}
      expect(queued).toEqual({
        ...task,
        queue: 'another',
        priority: 7,
        run: 2,
        enqueueStatus: 'completed',
        createdAt,
        queuedAt: updatedAt,
        updatedAt,
        statusChangedAt,
        events,
      })
      expect(events?.at(-1)).toEqual({ type: 'queued', at: updatedAt?.getTime(), run: 2, status: 'queued' })
    })

    it('keeps the error that it is given, whatever its text holds', async () => {
      const task = await insertOne(subject.store)
      const error = { code: 'WORKER_CRASHED', message: 'a\0"\\b' } as const
      const updated = await subject.store.tasks.updateTask(
        company,
        task.id,
        { statuses: ['queued'] },
        { status: 'failed', error, statusReason: 'a\0b' },
        { type: 'failed', error },
      )
      expect(updated).toMatchObject({ error: { message: 'a\ufffd"\\b' }, statusReason: 'a\ufffdb' })
    })

    it('makes the queue that it moves a task to, up to the limit', async () => {
      const store = subject.another(2)
      const task = await insertOne(store)
      const guard = { statuses: ['queued'] as const }
      expect(await store.tasks.updateTask(company, task.id, guard, { queue: 'b' })).toMatchObject({ queue: 'b' })
      const oneTooMany = store.tasks.updateTask(company, task.id, guard, { queue: 'c' })
      await expect(oneTooMany).rejects.toMatchObject({ code: 'TOO_MANY_QUEUES' })
      expect(await find(task.id)).toMatchObject({ queue: 'b' })
    })

    it('makes the queue anew when the one that it knew has been deleted elsewhere', async () => {
      const [task, other] = [await insertOne(subject.store), await insertOne(subject.store, { queue: 'b' })]
      const { queues } = subject.another()
      await queues.deleteQueue(company, (await queues.findQueue(company, 'b'))?.id ?? '')
      const moved = await subject.store.tasks.updateTask(company, task.id, { statuses: ['queued'] }, { queue: 'b' })
      expect(moved).toMatchObject({ queue: 'b' })
      expect(await find(other.id)).toMatchObject({ queue: null })
    })
  })

  describe('deleteTask', () => {
    it('answers the task as it was, and leaves none', async () => {
      const task = await insertOne(subject.store)
      expect(await subject.store.tasks.deleteTask(company, task.id, { statuses: ['queued'], run: 1 })).toEqual(task)
      expect(await find(task.id)).toBeNull()
    })
  })

  describe("another company's task", () => {
    it('is as absent as an unknown one', async () => {
      const { id, run } = await insertOne(subject.store)
      const guard = { statuses: ['queued'] as const, run }
      const { tasks, queues } = subject.store
      expect(await tasks.findTask(foreignCompany, id)).toBeNull()
      expect(await tasks.listTasks(foreignCompany, { limit: 9 })).toEqual([])
      expect(await tasks.updateTask(foreignCompany, id, guard, { status: 'stopped' })).toBeNull()
      expect(await tasks.deleteTask(foreignCompany, id, guard)).toBeNull()
      expect(await queues.listQueues(foreignCompany)).toEqual([])
      expect(await queues.findQueue(foreignCompany, 'default')).toBeNull()
      expect(await queues.setPaused(foreignCompany, 'default', true)).toBeNull()
      expect(await find(id)).toMatchObject({ status: 'queued' })
      expect(await tasks.recordOutcomes([patch({ id, run })])).toMatchObject([{ company }])
    })
  })
}
