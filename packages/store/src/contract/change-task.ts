import type { DetailedChanges, DetailedTask, TaskChange } from '@inferq/domain'
import { describe, expect, it } from 'vitest'
import { company, creation, foreignCompany, insertOne, nextId, type Suite, succeeded } from './subject.ts'

export const changeTaskSuite: Suite = (subject) => {
  const tasks = () => subject.store.tasks
  const find = async (id: string) => (await tasks().findDetailed(company, [id], 'own'))[0]
  const make = (changes = {}) => tasks().createTask(creation(changes))
  const queue = async (name: string, of = company) => (await subject.store.queues.createQueue(of, { name })).id
  async function change(task: DetailedTask, change: TaskChange) {
    const changed = await tasks().changeTask(company, task.id, () => change)
    if (!changed) throw new Error('no such task')
    return changed
  }

  describe('changeTask', () => {
    it('shows the task as it is to the decision, writes what that says, and answers both states', async () => {
      const task = await make()
      const seen: DetailedTask[] = []
      const changed = await tasks().changeTask(company, task.id, (now) => {
        seen.push(now)
        return { set: { comment: 'new' } }
      })
      expect(seen).toEqual([task])
      expect(changed).toMatchObject({ before: task, leftQueues: 0 })
      expect(changed?.after).toEqual({ ...task, comment: 'new', updatedAt: changed?.after.updatedAt })
      expect(await find(task.id)).toEqual(changed?.after)
    })

    it('sets and clears every part of a task', async () => {
      const project = await subject.store.projects.ensureProject({ company, user: 'user' }, 'p')
      const queueId = await queue('q')
      const at = new Date('2026-02-03T04:05:06.789Z')
      const values: DetailedChanges = {
        ...{ name: 'n', user: 'another', job: 'embed.text', type: 'custom', comment: 'c', project: project.id },
        ...{ parent: nextId(), tags: ['a', 'ü"\\'], systemTags: ['b'], input: '{"a": 1.0}', inputKey: 'inputs/1' },
        ...{ attemptsAllowed: 4, priority: 5, run: 6, step: 7, status: 'failed', statusReason: 'r', worker: 'w' },
        ...{ statusMessage: 'm', enqueueStatus: 'stopped', queueId, error: { code: 'WORKER_CRASHED', message: 'e' } },
        ...{ script: { a: 1 }, execution: { a: 2 }, container: { a: 3 }, models: { a: 4 }, output: { a: 5 } },
        ...{ hyperparams: { a: 6 }, configuration: { a: 7 }, runtime: { a: 8 }, lastMetrics: { a: [null, 'x'] } },
        ...{ lastIteration: 9, activeSeconds: 10, changedBy: 'me', withdrawn: true, createdAt: at, queuedAt: at },
        ...{ startedAt: at, completedAt: at, publishedAt: at, statusChangedAt: at, workerReportedAt: at },
      }
      const { after } = await change(await make(), { set: values })
      expect(after).toMatchObject({ ...values, queue: 'q' })
      const cleared: DetailedChanges = {
        ...{ comment: null, project: null, parent: null, tags: [], systemTags: [], input: null, inputKey: null },
        ...{ job: null, queueId: null, error: null, worker: null, enqueueStatus: null, publishedAt: null },
        ...{ script: null, execution: null, container: null, models: null, output: null, hyperparams: null },
        ...{ configuration: null, runtime: null, lastMetrics: null, lastIteration: 0, activeSeconds: null },
        ...{ changedBy: null, withdrawn: false, queuedAt: null, startedAt: null, completedAt: null },
        ...{ workerReportedAt: null, statusChangedAt: null },
      }
      expect((await change(after, { set: cleared })).after).toMatchObject({ ...cleared, queue: null, name: 'n' })
    })

    it('clears the outcome of a run that workers recorded', async () => {
      const { id } = await insertOne(subject.store)
      await tasks().recordOutcomes([succeeded({ id, run: 1 }, { progress: { fraction: 1 } })])
      const outcome = { result: null, resultKey: null, progress: null, timings: null, nextAttemptAt: null } as const
      const task = await find(id)
      expect((await change(task as DetailedTask, { set: outcome })).after).toMatchObject(outcome)
    })

    it('moves the times that the kind of change moves, all to the same moment, and appends its event', async () => {
      const task = await make()
      const edited = (await change(task, { set: { comment: 'a' }, counts: 'edit' })).after
      expect(edited).toMatchObject({ editedAt: expect.any(Date), updatedAt: task.updatedAt, statusChangedAt: null })
      const updated = (await change(task, { set: { startedAt: 'now' } })).after
      expect(updated).toMatchObject({ editedAt: edited.editedAt, startedAt: updated.updatedAt, statusChangedAt: null })
      const { after } = await change(task, {
        set: { status: 'queued', run: 1, queuedAt: 'now' },
        event: { type: 'queued', reason: 'a\0' },
        counts: 'status',
      })
      expect(after).toMatchObject({ statusChangedAt: after.updatedAt, queuedAt: after.updatedAt })
      const at = after.updatedAt.getTime()
      expect(after.events).toEqual([{ type: 'queued', reason: 'a\ufffd', at, run: 1, status: 'queued' }])
    })

    it('moves no time when it counts as nothing', async () => {
      const task = await make()
      expect((await change(task, { set: {}, counts: 'nothing', leaveQueues: 'all' })).after).toEqual(task)
    })

    it('writes nothing when the decision is to leave it', async () => {
      const task = await make()
      expect(await tasks().changeTask(company, task.id, () => null)).toEqual({
        before: task,
        after: task,
        leftQueues: 0,
      })
      expect(await find(task.id)).toEqual(task)
    })

    it('lets out what the decision throws as it is, and changes nothing', async () => {
      const task = await make()
      for (const error of [new TypeError('mine'), new (class extends Error {})('dialect'), 'text']) {
        const thrown = tasks().changeTask(company, task.id, () => {
          throw error
        })
        await expect(thrown).rejects.toBe(error)
      }
      expect(await find(task.id)).toEqual(task)
    })

    it("shows another company's task and an unknown one to no decision", async () => {
      const task = await make()
      const decide = () => {
        throw new Error('must not be asked')
      }
      expect(await tasks().changeTask(foreignCompany, task.id, decide)).toBeNull()
      expect(await tasks().changeTask(company, nextId(), decide)).toBeNull()
    })

    it('loses none of many changes at once, from several processes', async () => {
      const task = await make({ lastIteration: 0, hyperparams: {} })
      const stores = [subject.store, subject.another(), subject.another()]
      const writers = Array.from({ length: 30 }, (_, place) =>
        stores[place % 3]?.tasks.changeTask(company, task.id, ({ hyperparams, lastIteration }) => ({
          set: { lastIteration: lastIteration + 1, hyperparams: { ...hyperparams, [`p${place}`]: place } },
          event: { type: 'reset' },
        })),
      )
      await Promise.all(writers)
      const after = await find(task.id)
      expect(after).toMatchObject({ lastIteration: 30 })
      expect(Object.keys(after?.hyperparams ?? {})).toHaveLength(30)
      const times = after?.events.map(({ at }) => at) ?? []
      expect(times).toHaveLength(30)
      expect(times).toEqual(times.toSorted((a, b) => a - b))
    })

    it('never loses a change to an outcome that a worker reports meanwhile, nor the outcome', async () => {
      const { id } = await insertOne(subject.store)
      const changes = Array.from({ length: 5 }, (_, place) =>
        tasks().changeTask(company, id, (task) => ({ set: { tags: [...task.tags, `${place}`] }, counts: 'edit' })),
      )
      await Promise.all([...changes, tasks().recordOutcomes([succeeded({ id, run: 1 })])])
      const after = await find(id)
      expect(after).toMatchObject({ status: 'completed' })
      expect(after?.tags).toHaveLength(5)
    })

    it('refuses a project that is not there, and changes nothing', async () => {
      const task = await make()
      for (const project of [nextId(), 'none']) {
        await expect(change(task, { set: { comment: 'c', project } })).rejects.toMatchObject({
          code: 'REQUEST_INVALID',
        })
      }
      expect(await find(task.id)).toEqual(task)
    })
  })
}
