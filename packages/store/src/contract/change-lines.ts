import type { DetailedTask, TaskChange } from '@inferq/domain'
import { beforeEach, describe, expect, it } from 'vitest'
import { company, creation, foreignCompany, nextId, type Suite } from './subject.ts'

export const changeLinesSuite: Suite = (subject) => {
  const tasks = () => subject.store.tasks
  const line = () => subject.store.agentsLine
  const find = async (id: string) => (await tasks().findDetailed(company, [id], 'own'))[0]
  const make = (changes = {}) => tasks().createTask(creation(changes))
  const queue = async (name: string, of = company) => (await subject.store.queues.createQueue(of, { name })).id
  async function change(task: DetailedTask, change: TaskChange) {
    const changed = await tasks().changeTask(company, task.id, () => change)
    if (!changed) throw new Error('no such task')
    return changed
  }
  const inLine = async (queueId: string) => (await line().entries([queueId])).map(({ taskId }) => taskId)

  describe('changeTask and the lines', () => {
    let [a, b, c]: [string, string, string] = ['', '', '']
    beforeEach(async () => {
      ;[a, b, c] = [await queue('a'), await queue('b'), await queue('c')]
    })

    it('leaves the lines that the change names, and says how many it was in', async () => {
      const task = await make()
      const enterAll = async () => {
        for (const id of [a, b, c]) await line().addEntry(id, task.id)
      }
      const places = async () => (await line().entries([a, b, c])).map(({ queueId }) => queueId)
      await enterAll()
      expect((await change(task, { set: {}, leaveQueues: { queueId: b } })).leftQueues).toBe(1)
      expect(await places()).toEqual([a, c])
      expect((await change(task, { set: {}, leaveQueues: { queueId: 'no id' } })).leftQueues).toBe(0)
      expect((await change(task, { set: {}, leaveQueues: { except: c } })).leftQueues).toBe(1)
      expect(await places()).toEqual([c])
      await enterAll()
      expect((await change(task, { set: {}, leaveQueues: 'all' })).leftQueues).toBe(3)
      expect((await change(task, { set: {}, leaveQueues: 'all' })).leftQueues).toBe(0)
      expect(await places()).toEqual([])
    })

    it('enters at the end, moves the queue’s time, and is held by nobody from then on', async () => {
      const [first, task] = [await make(), await make()]
      await line().addEntry(a, first.id)
      await change(task, { set: { leaseUntil: { secondsFromNow: 60 } } })
      const { after } = await change(task, { set: { status: 'queued', queueId: a }, enterQueue: a, counts: 'status' })
      expect(after).toMatchObject({ queue: 'a', queueId: a, leaseUntil: null })
      expect(await inLine(a)).toEqual([first.id, task.id])
      const [queue] = await subject.store.queues.findQueuesById(company, [a])
      expect(queue?.updatedAt.getTime()).toBeGreaterThanOrEqual(after.updatedAt.getTime())
    })

    it('moves a task from its line to another in one step', async () => {
      const task = await make()
      await change(task, { set: { queueId: a }, enterQueue: a })
      const { leftQueues } = await change(task, { set: { queueId: b }, leaveQueues: 'all', enterQueue: b })
      expect([leftQueues, await inLine(a), await inLine(b)]).toEqual([1, [], [task.id]])
    })

    it('changes neither row nor lines when it is in the line that it is to enter', async () => {
      const task = await make()
      for (const id of [a, b]) await line().addEntry(id, task.id)
      const again = change(task, { set: { comment: 'c' }, leaveQueues: { except: a }, enterQueue: a })
      await expect(again).rejects.toMatchObject({ code: 'TASK_ALREADY_QUEUED' })
      expect(await find(task.id)).toEqual(task)
      expect([await inLine(a), await inLine(b)]).toEqual([[task.id], [task.id]])
    })

    it('lets one of several that enter the same line at once win', async () => {
      const task = await make()
      const entering = Array.from({ length: 5 }, () =>
        change(task, { set: { lastIteration: task.lastIteration + 1 }, enterQueue: a }),
      )
      const settled = await Promise.allSettled(entering)
      expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(await inLine(a)).toEqual([task.id])
    })

    it('changes nothing when the queue is unknown, deleted, foreign or no id', async () => {
      const task = await make()
      await subject.store.queues.deleteQueue(company, c)
      await line().addEntry(a, task.id)
      for (const id of [nextId(), c, await queue('d', foreignCompany), 'none\0']) {
        for (const wrong of [{ set: { queueId: id } }, { set: {}, enterQueue: id }]) {
          const refused = change(task, { leaveQueues: 'all', ...wrong })
          await expect(refused).rejects.toMatchObject({ code: 'QUEUE_NOT_FOUND' })
        }
      }
      expect(await find(task.id)).toEqual(task)
      expect(await inLine(a)).toEqual([task.id])
    })
  })
}
