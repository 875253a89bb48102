import type { DetailedTask } from '@inferq/domain'
import { beforeEach, describe, expect, it } from 'vitest'
import { company, creation, foreignCompany, nextId, type Suite } from './subject.ts'

export const leasesSuite: Suite = (subject) =>
  describe('tasks that agents take from the line', () => {
    const line = () => subject.store.agentsLine
    const tasks = () => subject.store.tasks
    const make = (changes = {}) => tasks().createTask(creation(changes))
    const find = async (id: string) => (await tasks().findDetailed(company, [id], 'own'))[0] as DetailedTask
    const queueOf = async (id: string) => (await subject.store.queues.findQueuesById(company, [id]))[0]
    const inLine = async (queueId: string) => (await line().entries([queueId])).map(({ taskId }) => taskId)

    let [queue, other] = ['', '']
    beforeEach(async () => {
      queue = (await subject.store.queues.createQueue(company, { name: 'queue' })).id
      other = (await subject.store.queues.createQueue(company, { name: 'other' })).id
    })

    async function fill(count: number, queueId = queue): Promise<string[]> {
      const ids = Array.from({ length: count }, () => nextId())
      for (const id of ids) await line().addEntry(queueId, id)
      return ids
    }

    describe('takeFirst', () => {
      const take = (onlyTask?: string) =>
        line().takeFirst(queue, { leaseSeconds: 60, ...(onlyTask === undefined ? {} : { onlyTask }) })

      it('gives out the first entry with a lease on its task, which stays as it is otherwise', async () => {
        const task = await make()
        await tasks().changeTask(company, task.id, () => ({
          set: { status: 'queued', queueId: queue },
          enterQueue: queue,
        }))
        const [before, entries] = [await find(task.id), await line().entries([queue])]
        const [second] = await fill(1)
        expect(await take()).toEqual(entries[0])
        const after = await find(task.id)
        expect(after).toEqual({ ...before, leaseUntil: expect.any(Date), takenBy: null })
        const queueRow = await queueOf(queue)
        const secondsOfLease = ((after.leaseUntil?.getTime() ?? 0) - (queueRow?.updatedAt.getTime() ?? 0)) / 1_000
        expect(Math.round(secondsOfLease)).toBe(60)
        expect(await inLine(queue)).toEqual([second])
      })

      it('says which agent took it last', async () => {
        const task = await make()
        for (const agent of ['gpu-box\0', 'other']) {
          await line().addEntry(queue, task.id)
          await line().takeFirst(queue, { leaseSeconds: 60, agent })
          expect((await find(task.id)).takenBy).toBe(agent.replace('\0', '\ufffd'))
        }
        await line().addEntry(queue, task.id)
        await take()
        expect((await find(task.id)).takenBy).toBeNull()
      })

      it('makes a stopped task queued, and no other', async () => {
        const [stopped, created] = [await make(), await make()]
        await tasks().changeTask(company, stopped.id, () => ({ set: { status: 'stopped' } }))
        for (const { id } of [stopped, created]) await line().addEntry(queue, id)
        await take()
        await take()
        const now = await find(stopped.id)
        expect(now).toMatchObject({ status: 'queued', leaseUntil: expect.any(Date), statusChangedAt: now.updatedAt })
        expect(await find(created.id)).toMatchObject({ status: 'created', statusChangedAt: null })
      })

      it('gives out an entry that names another company’s task, and leaves that task alone', async () => {
        const foreign = await make({ company: foreignCompany })
        await line().addEntry(queue, foreign.id)
        expect(await take()).toMatchObject({ taskId: foreign.id })
        expect(await tasks().findDetailed(foreignCompany, [foreign.id], 'own')).toEqual([foreign])
      })

      it('gives out an entry whose task is gone', async () => {
        const [id] = await fill(1)
        expect(await take()).toMatchObject({ taskId: id })
      })

      it('finds nothing in an empty line, an unknown queue, and under what is no id', async () => {
        await fill(1, other)
        for (const id of [queue, nextId(), 'no id']) expect(await line().takeFirst(id, { leaseSeconds: 1 })).toBeNull()
      })

      it('takes the one task that is asked for only while that is the first', async () => {
        const [a, b] = (await fill(2)) as [string, string]
        for (const id of [b, nextId(), 'no id']) expect(await take(id)).toBeNull()
        expect(await inLine(queue)).toEqual([a, b])
        expect(await take(a)).toMatchObject({ taskId: a })
        expect(await take(b)).toMatchObject({ taskId: b })
      })

      it('gives each entry to one of many that ask at once, from several processes, in order', async () => {
        const ids = await fill(200)
        const stores = [subject.store, subject.another(), subject.another()]
        const taken: string[] = []
        const takeAll = async (place: number) => {
          const store = stores[place % 3] as typeof subject.store
          for (;;) {
            const entry = await store.agentsLine.takeFirst(queue, { leaseSeconds: 60 })
            if (!entry) return
            taken.push(entry.taskId)
          }
        }
        await Promise.all(Array.from({ length: 50 }, (_, place) => takeAll(place)))
        expect(taken).toHaveLength(200)
        expect(taken.toSorted()).toEqual(ids.toSorted())
      })

      it('shares its tasks with those who change them at the same time, and neither waits for the other in a circle', async () => {
        const made = await Promise.all(Array.from({ length: 20 }, () => make()))
        for (const { id } of made) {
          await line().addEntry(queue, id)
          await line().addEntry(other, id)
        }
        const takers = made.flatMap(() => [queue, other].map((id) => line().takeFirst(id, { leaseSeconds: 60 })))
        const leavers = made.map(({ id }) =>
          tasks().changeTask(company, id, () => ({ set: { comment: 'left' }, leaveQueues: 'all' })),
        )
        const movers = made.map(({ id }) => line().moveEntry(queue, id, 'back'))
        const [entries, changes] = [await Promise.all(takers), await Promise.all(leavers)]
        await Promise.all(movers)
        const taken = entries.filter((entry) => entry !== null).length
        const left = changes.reduce((sum, change) => sum + (change?.leftQueues ?? 0), 0)
        expect(taken + left).toBe(40)
        expect(await line().entries([queue, other])).toEqual([])
      })
    })

    describe('returnToLine', () => {
      const queuedAt = new Date('2026-03-04T05:06:07.890Z')
      const change = { set: { statusMessage: 'm' }, event: { type: 'redelivered', reason: 'r\0' } } as const
      const back = (id: string) => line().returnToLine(company, id, change)

      async function leased(secondsFromNow: number, changes = {}): Promise<DetailedTask> {
        const task = await make()
        const set = { status: 'queued', queueId: queue, queuedAt, leaseUntil: { secondsFromNow }, ...changes } as const
        const changed = await tasks().changeTask(company, task.id, () => ({ set }))
        return changed?.after as DetailedTask
      }

      it('puts a task whose lease ran out at the front of its queue, as if it had waited on', async () => {
        const [waiting] = await fill(1)
        const task = await leased(-1)
        expect(await back(task.id)).toBe(true)
        const now = await find(task.id)
        const { updatedAt } = now
        const event = {
          type: 'redelivered',
          reason: 'r\ufffd',
          at: updatedAt.getTime(),
          run: task.run,
          status: 'queued',
        }
        expect(now).toEqual({ ...task, leaseUntil: null, statusMessage: 'm', updatedAt, events: [event] })
        const [first, second] = await line().entries([queue])
        expect(first).toEqual({ queueId: queue, taskId: task.id, addedAt: queuedAt })
        expect(second).toMatchObject({ taskId: waiting })
        expect(await back(task.id)).toBe(false)
      })

      it('puts it into an empty line', async () => {
        const task = await leased(-1)
        expect(await back(task.id)).toBe(true)
        expect(await inLine(queue)).toEqual([task.id])
      })

      it('leaves a task that has moved on, is still leased, or is not there', async () => {
        const still = await leased(60)
        const started = await leased(-1, { status: 'in_progress' })
        for (const task of [still, started]) {
          expect(await back(task.id)).toBe(false)
          expect(await find(task.id)).toEqual(task)
        }
        const foreign = await leased(-1)
        expect(await line().returnToLine('another company', foreign.id, change)).toBe(false)
        for (const id of [nextId(), 'no id']) expect(await back(id)).toBe(false)
        expect(await inLine(queue)).toEqual([])
      })

      it('forgets the lease of a task that has no line to return to, or is in it', async () => {
        const [native, nowhere, present] = [
          await leased(-1, { job: 'embed.text' }),
          await leased(-1, { queueId: null }),
          await leased(-1),
        ]
        await line().addEntry(queue, present.id)
        for (const { id } of [native, nowhere, present]) {
          expect(await back(id)).toBe(false)
          expect(await find(id)).toMatchObject({ leaseUntil: null, statusMessage: '', events: [] })
        }
        expect(await inLine(queue)).toEqual([present.id])
      })

      it('returns a task once, however many try at once', async () => {
        const task = await leased(-1)
        const stores = [subject.store, subject.another(), subject.another()]
        const answers = await Promise.all(
          stores.map((store) => store.agentsLine.returnToLine(company, task.id, change)),
        )
        expect(answers.filter(Boolean)).toHaveLength(1)
        expect(await inLine(queue)).toEqual([task.id])
      })
    })
  })
