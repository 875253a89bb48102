import { isLive, type TaskStatus, taskStatuses } from '@inferq/contracts'
import { transitions } from '@inferq/domain'
import { describe, expect, it } from 'vitest'
import { company, draft, failed, insertOne, patch, type Suite, succeeded, taskIn } from './subject.ts'

const error = { code: 'ENGINE_FAILED', message: 'out of memory' } as const

export const recordOutcomesSuite: Suite = (subject) => {
  const find = async (id: string) => subject.store.tasks.findTask(company, id)
  const record = (...patches: ReturnType<typeof patch>[]) => subject.store.tasks.recordOutcomes(patches)

  describe('recordOutcomes', () => {
    it('starts and completes a task, keeping every event in order and the result as its text', async () => {
      const task = await insertOne(subject.store, { queue: 'gpu' })
      const start = patch(task)
      const [started] = await record(start)
      expect(started).toEqual({
        taskId: task.id,
        run: 1,
        company,
        queue: 'gpu',
        job: 'embed.text',
        status: 'in_progress',
        firstStart: true,
        queuedAt: task.queuedAt,
        startedAt: new Date(start.startedAt),
      })
      const result = '{"a": 1.0, "a":[2],"z":"\\u0000"}'
      const end = succeeded(task, { result, progress: { fraction: 1 } })
      expect(await record(end)).toMatchObject([{ status: 'completed', firstStart: false }])
      const found = await find(task.id)
      expect(found).toMatchObject({
        status: 'completed',
        statusReason: '',
        step: 3,
        worker: 'worker-1',
        result,
        error: null,
        progress: { fraction: 1 },
        timings: { preparingMs: 1, computingMs: 2 },
        startedAt: new Date(start.startedAt),
      })
      expect(found?.completedAt).toEqual(found?.updatedAt)
      expect(found?.events).toEqual([...task.events, ...start.events, ...end.events])
    })

    it('ends a task in one write when its start was reported in the same batch', async () => {
      const task = await insertOne(subject.store)
      expect(await record(succeeded(task))).toMatchObject([{ status: 'completed', firstStart: true }])
      expect((await find(task.id))?.startedAt).not.toBeNull()
    })

    it('changes nothing for an outcome that comes twice', async () => {
      const task = await insertOne(subject.store)
      for (const outcome of [patch(task), failed(task)]) {
        expect(await record(outcome)).toHaveLength(1)
        const before = await find(task.id)
        expect(await record(outcome)).toEqual([])
        expect(await find(task.id)).toEqual(before)
      }
    })

    it('changes nothing for an outcome of an older attempt, of another run or of no task', async () => {
      const task = await insertOne(subject.store)
      await record(patch(task, { step: 4 }))
      const before = await find(task.id)
      const late = [failed(task), patch(task, { step: 4 }), patch({ id: task.id, run: 2 }, { step: 9 })]
      for (const outcome of late) expect(await record(outcome)).toEqual([])
      expect(await record(succeeded({ id: draft().id, run: 1 }))).toEqual([])
      expect(await find(task.id)).toEqual(before)
    })

    it('takes the success of an older attempt while the run is live, and nothing after it', async () => {
      const task = await insertOne(subject.store)
      await record(patch(task, { step: 4 }))
      expect(await record(succeeded(task))).toMatchObject([{ status: 'completed' }])
      expect((await find(task.id))?.step).toBe(4)
      expect(await record(failed(task, { step: 5 }))).toEqual([])
      expect(await record(succeeded(task, { step: 7, result: '"another"' }))).toEqual([])
      expect((await find(task.id))?.result).toBe('{"ok":true}')
    })

    it('lets progress repeat within its attempt, and not before the newest one', async () => {
      const task = await insertOne(subject.store)
      const progress = (fraction: number, step: number) =>
        patch(task, { step, repeatable: true, progress: { fraction }, events: [] })
      expect(await record(progress(0.1, 2))).toMatchObject([{ status: 'in_progress', firstStart: true }])
      expect(await record(progress(0.2, 2))).toMatchObject([{ firstStart: false }])
      await record(patch(task, { step: 4 }))
      expect(await record(progress(0.3, 2))).toEqual([])
      expect((await find(task.id))?.progress).toEqual({ fraction: 0.2 })
    })

    it('keeps the last error and the time of the next attempt until it has started, and no error after a success', async () => {
      const task = await insertOne(subject.store)
      const nextAttemptAt = Date.UTC(2026, 5, 6, 7, 8, 9, 123)
      await record(patch(task, { step: 3, error, statusReason: error.message, nextAttemptAt }))
      expect(await find(task.id)).toMatchObject({
        status: 'in_progress',
        error,
        statusReason: error.message,
        nextAttemptAt: new Date(nextAttemptAt),
      })
      await record(patch(task, { step: 4 }))
      expect(await find(task.id)).toMatchObject({ error, statusReason: error.message, nextAttemptAt: null })
      await record(succeeded(task, { step: 5 }))
      expect(await find(task.id)).toMatchObject({ error: null, statusReason: '' })
    })

    it('keeps a stop request in sight while the task runs, and clears it when the task ends', async () => {
      const task = await insertOne(subject.store)
      await record(patch(task))
      await subject.store.tasks.updateTask(
        company,
        task.id,
        { statuses: ['in_progress'] },
        { statusMessage: 'stopping' },
      )
      await record(patch(task, { repeatable: true, progress: { fraction: 0.5 } }))
      expect((await find(task.id))?.statusMessage).toBe('stopping')
      await record(patch(task, { step: 3, status: 'stopped', statusReason: 'on request' }))
      expect(await find(task.id)).toMatchObject({ status: 'stopped', statusMessage: '', statusReason: 'on request' })
    })

    it('changes the time of the last status change with the status only', async () => {
      const task = await insertOne(subject.store)
      await record(patch(task))
      const changed = (await find(task.id))?.statusChangedAt
      await record(patch(task, { step: 4 }))
      expect((await find(task.id))?.statusChangedAt).toEqual(changed)
    })

    it('fails the one run whose result is no JSON, and records the rest of the batch', async () => {
      const tasks = (await subject.store.tasks.insertTasks(Array.from({ length: 7 }, () => draft()))).map(taskIn)
      const patches = tasks.map((task, place) => succeeded(task, place === 3 ? { result: '{"x": NaN}' } : {}))
      const recorded = await record(...patches)
      expect(new Set(recorded.map(({ taskId }) => taskId)).size).toBe(7)
      expect(recorded.map(({ status }) => status).sort()).toEqual([...Array(6).fill('completed'), 'failed'])
      expect(await find(tasks[3]?.id ?? '')).toMatchObject({ status: 'failed', error: { code: 'RESULT_INVALID' } })
    })

    it('stores an error message that holds what Postgres cannot', async () => {
      const task = await insertOne(subject.store)
      await record(failed(task, { error: { code: 'HANDLER_FAILED', message: 'a\0b' }, statusReason: 'a\0b' }))
      expect(await find(task.id)).toMatchObject({ error: { message: 'a\ufffdb' }, statusReason: 'a\ufffdb' })
    })

    it('answers an empty batch without a query', async () => {
      expect(await record()).toEqual([])
    })
  })

  describe('which statuses an outcome may move', () => {
    const outcomes = { start: patch, complete: succeeded, fail: failed } as const
    const stopped = (task: Parameters<typeof patch>[0]) => patch(task, { step: 3, status: 'stopped' })

    it.each(taskStatuses)(
      'follows the table of transitions for a live run, and is none for %s otherwise',
      async (from) => {
        for (const [name, make] of Object.entries({ ...outcomes, stop: stopped })) {
          const task = await insertOne(subject.store)
          await subject.store.tasks.updateTask(company, task.id, { statuses: ['queued'] }, { status: from })
          const before = await find(task.id)
          const recorded = await record(make(task))
          // Every outcome says that the run was started, so `start` comes first on the way.
          const moves: Record<string, TaskStatus | undefined> = transitions[from]
          const afterStart: Record<string, TaskStatus | undefined> = moves.start
            ? transitions[moves.start as 'in_progress']
            : {}
          if (isLive(from)) expect(recorded).toMatchObject([{ status: afterStart[name] }])
          else expect([recorded, await find(task.id)]).toEqual([[], before])
        }
      },
    )
  })
}
