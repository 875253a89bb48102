import { beforeEach, describe, expect, it } from 'vitest'
import { company, nextId, type Suite } from './subject.ts'

export const agentsLineSuite: Suite = (subject) =>
  describe('the line of a queue for agents', () => {
    const line = () => subject.store.agentsLine
    const queueOf = async (id: string) => (await subject.store.queues.findQueuesById(company, [id]))[0]
    const inLine = async (queueId: string) => (await line().entries([queueId])).map(({ taskId }) => taskId)

    let [queue, other] = ['', '']
    beforeEach(async () => {
      queue = (await subject.store.queues.createQueue(company, { name: 'queue' })).id
      other = (await subject.store.queues.createQueue(company, { name: 'other' })).id
    })

    /** Ids of no tasks: a line needs none. */
    async function fill(count: number, queueId = queue): Promise<string[]> {
      const ids = Array.from({ length: count }, () => nextId())
      for (const id of ids) await line().addEntry(queueId, id)
      return ids
    }

    describe('a line', () => {
      it('is first come first, with the time at which each came', async () => {
        const ids = await fill(3)
        const entries = await line().entries([queue])
        expect(entries.map(({ taskId }) => taskId)).toEqual(ids)
        for (const { queueId, addedAt } of entries) expect([queueId, addedAt]).toEqual([queue, expect.any(Date)])
        expect(await line().countEntries(queue)).toBe(3)
        expect(await queueOf(queue)).toMatchObject({ agentsWaiting: 3 })
      })

      it('is read for several queues at once, in their order, so many of each at most', async () => {
        const [a, b] = [await fill(3), await fill(2, other)]
        const read = async (ids: string[], limit?: number) =>
          (await line().entries(ids, limit)).map(({ taskId }) => taskId)
        expect(await read([other, 'no id', nextId(), queue])).toEqual([...b, ...a])
        expect(await read([queue, other], 1)).toEqual([a[0], b[0]])
        expect(await read([queue], 0)).toEqual([])
        expect(await read([])).toEqual([])
      })

      it('holds a task once, and nothing that is no task’s id', async () => {
        const id = nextId()
        expect(await line().addEntry(queue, id)).toBe('added')
        expect(await line().addEntry(queue, id)).toBe('present')
        expect(await line().addEntry(other, id)).toBe('added')
        for (const unknown of [nextId(), 'no id']) expect(await line().addEntry(unknown, id)).toBe('no_queue')
        await expect(line().addEntry(queue, 'no id')).rejects.toMatchObject({ code: 'TASK_NOT_FOUND' })
        expect(await inLine(queue)).toEqual([id])
      })

      it('loses the entry that is removed, and the rest keeps its order', async () => {
        const [a, b, c] = await fill(3)
        expect(await line().removeEntry(queue, b as string)).toBe(true)
        for (const id of [b as string, 'no id']) expect(await line().removeEntry(queue, id)).toBe(false)
        expect(await line().removeEntry('no id', a as string)).toBe(false)
        expect(await inLine(queue)).toEqual([a, c])
      })

      it('is cleared as a whole, and says whom it held', async () => {
        const [ids, others] = [await fill(3), await fill(1, other)]
        expect(await line().clearEntries(queue)).toEqual(ids)
        for (const id of [queue, nextId(), 'no id']) expect(await line().clearEntries(id)).toEqual([])
        expect(await line().countEntries('no id')).toBe(0)
        expect(await inLine(other)).toEqual(others)
      })

      it('goes with its queue', async () => {
        const [id] = await fill(1)
        await subject.store.queues.deleteQueue(company, queue)
        expect(await line().entries([queue])).toEqual([])
        expect(await line().addEntry(queue, id as string)).toBe('no_queue')
      })

      it('moves the queue’s time with each entry that comes, goes or is moved, and only then', async () => {
        const long = new Date(0)
        const moves = async (change: () => Promise<unknown>) => {
          await subject.db.updateTable('queues').set({ updated_at: long }).execute()
          await change()
          expect(await queueOf(other)).toMatchObject({ updatedAt: long })
          return (await queueOf(queue))?.updatedAt.getTime() !== 0
        }
        const [a, b] = [nextId(), nextId()]
        expect(await moves(() => line().addEntry(queue, a))).toBe(true)
        expect(await moves(() => line().addEntry(queue, a))).toBe(false)
        await line().addEntry(queue, b)
        expect(await moves(() => line().moveEntry(queue, a, 'back'))).toBe(true)
        expect(await moves(() => line().moveEntry(queue, nextId(), 'back'))).toBe(false)
        expect(await moves(() => line().removeEntry(queue, a))).toBe(true)
        expect(await moves(() => line().removeEntry(queue, a))).toBe(false)
        expect(await moves(() => line().takeFirst(queue, { leaseSeconds: 9, onlyTask: a }))).toBe(false)
        expect(await moves(() => line().takeFirst(queue, { leaseSeconds: 9 }))).toBe(true)
        expect(await moves(() => line().takeFirst(queue, { leaseSeconds: 9 }))).toBe(false)
        expect(await moves(() => line().clearEntries(queue))).toBe(false)
        await line().addEntry(queue, b)
        expect(await moves(() => line().clearEntries(queue))).toBe(true)
      })
    })

    describe('moveEntry', () => {
      it('moves by places and to the ends, counting from 0 and stopping at the ends', async () => {
        const [a, b, c, d] = (await fill(4)) as [string, string, string, string]
        const steps = [
          [a, { backward: 2 }, 2, [b, c, a, d]],
          [d, { forward: 1 }, 2, [b, c, d, a]],
          [d, { forward: 99 }, 0, [d, b, c, a]],
          [b, { backward: 99 }, 3, [d, c, a, b]],
          [a, 'front', 0, [a, d, c, b]],
          [a, 'front', 0, [a, d, c, b]],
          [d, 'back', 3, [a, c, b, d]],
          [c, { backward: 0 }, 1, [a, c, b, d]],
        ] as const
        for (const [id, to, place, expected] of steps) {
          expect(await line().moveEntry(queue, id, to)).toBe(place)
          expect(await inLine(queue)).toEqual(expected)
        }
        const [last] = await fill(1)
        expect(await inLine(queue)).toEqual([a, c, b, d, last])
      })

      it('keeps every order exact, however often entries are moved to and fro', async () => {
        const expected = await fill(4)
        const steps = Array.from({ length: 150 }, (_, step) => ({ from: (step * 7) % 4, to: (step * 5 + 1) % 4 }))
        for (const { from, to } of steps) {
          const [id] = expected.splice(from, 1) as [string]
          expected.splice(to, 0, id)
          expect(await line().moveEntry(queue, id, { backward: to - from })).toBe(to)
        }
        expect(await inLine(queue)).toEqual(expected)
      })

      it('answers nothing for what is not in this line', async () => {
        const [id] = (await fill(1, other)) as [string]
        for (const unknown of [id, nextId(), 'no id'])
          expect(await line().moveEntry(queue, unknown, 'front')).toBeNull()
        expect(await line().moveEntry('no id', id, 'front')).toBeNull()
      })

      it('done by many at once loses no entry and gives no place twice', async () => {
        const ids = await fill(6)
        const stores = [subject.store, subject.another(), subject.another()]
        const moves = Array.from({ length: 30 }, (_, step) =>
          stores[step % 3]?.agentsLine.moveEntry(queue, ids[step % 6] as string, step % 2 ? 'front' : { backward: 2 }),
        )
        expect((await Promise.all(moves)).every((place) => typeof place === 'number')).toBe(true)
        expect((await inLine(queue)).toSorted()).toEqual(ids.toSorted())
        const rows = await subject.db.selectFrom('queue_entries').select('position').execute()
        expect(new Set(rows.map(({ position }) => String(position))).size).toBe(6)
      })
    })
  })
