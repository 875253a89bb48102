import type { ForgottenFiles } from '@inferq/domain'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { company, creation, nextId, type Suite } from '../subject.ts'
import { batch, line, plot, point, range, reporter } from './reports.ts'

export const dropEventsSuite: Suite = (subject) => {
  const events = () => subject.store.events
  const everything = { lines: [line(1)], points: range(100).map((place) => point(place)), shown: [plot(1)] }
  const kinds = ['line', 'point', 'plot'] as const
  const left = async () => {
    const { rows } = await sql<{ count: number }>`
      select ((select count(*) from event_streams) + (select count(*) from log_lines)
        + (select count(*) from scalar_series) + (select count(*) from scalar_chunks)
        + (select count(*) from shown_series) + (select count(*) from shown_events))::int as count`.execute(subject.db)
    return rows[0]?.count ?? -1
  }
  const count = async (id: string) =>
    (await events().readEvents(id, { kinds, newestFirst: false, cursor: null, limit: 1 })).total
  async function sweepAll(): Promise<ForgottenFiles[]> {
    const files: ForgottenFiles[] = []
    while ((await events().sweep(async (some) => void files.push(some))).more);
    return files
  }

  const drop = (id: string) => subject.store.tasks.changeTask(company, id, () => ({ set: {}, dropEvents: true }))

  describe('dropping events', () => {
    it('forgets at once, and what comes then is of a new beginning; the others stay', async () => {
      const [task, other] = [await reporter(subject), await reporter(subject)]
      await task.add(everything)
      await other.add(everything)
      await drop(task.id)
      expect(await count(task.id)).toBe(0)
      expect(await task.series()).toEqual([])
      expect(await task.lines(5)).toEqual({ lines: [], total: 0 })
      await task.add({ lines: [line(2)], points: [point(1)] })
      expect(await count(task.id)).toBe(2)
      expect(await count(other.id)).toBe(102)
    })

    it('is done together with a change of the task, or not at all', async () => {
      const task = await reporter(subject)
      await task.add(everything)
      const change = (set: object) =>
        subject.store.tasks.changeTask(company, task.id, () => ({ set, dropEvents: true }))
      await expect(change({ project: nextId() })).rejects.toMatchObject({ code: 'REQUEST_INVALID' })
      expect(await count(task.id)).toBe(102)
      await change({ lastIteration: 0 })
      expect(await count(task.id)).toBe(0)
    })

    it('is done by deleting the task or the model, in whatever way', async () => {
      const tasks = [await reporter(subject), await reporter(subject)]
      for (const task of tasks) await task.add(everything)
      const guard = { statuses: ['created'] } as const
      await subject.store.tasks.deleteTask(company, tasks[0]?.id ?? '', guard)
      expect(await count(tasks[0]?.id ?? '')).toBe(0)
      expect(await count(tasks[1]?.id ?? '')).toBe(102)
      const model = await subject.store.models.createModel({
        ...{ id: nextId(), company, user: 'user', name: 'm', uri: 'u', framework: null, task: null, parent: null },
        ...{ project: null, ready: false, labels: {}, design: {}, tags: [], systemTags: [], comment: '', metadata: {} },
      })
      await events().addToModel(company, model.id, batch(everything), () => ({}))
      expect(await count(model.id)).toBe(102)
      await subject.store.models.deleteModels(company, [model.id])
      expect(await count(model.id)).toBe(0)
    })

    it('leaves nothing of batches that race with the deletion of their task', async () => {
      for (const round of range(5)) {
        const { id } = await subject.store.tasks.createTask(creation())
        const stores = [subject.store, subject.another()]
        const add = (place: number) =>
          stores[place % 2]?.events.addToTask(
            company,
            id,
            batch({ lines: [line(place)], points: [point(place)] }),
            () => ({}),
          )
        const adding = range(10).map(add)
        const deleting = subject.store.tasks.deleteTask(company, id, { statuses: ['created'] })
        await Promise.all([...adding, deleting, add(round)])
        expect(await add(99)).toBeNull()
        expect(await count(id)).toBe(0)
      }
      await sweepAll()
      expect(await left()).toBe(0)
    })

    it('counts right what races with it', async () => {
      const task = await reporter(subject)
      await Promise.all([
        ...range(20).map((place) => task.add({ lines: [line(place)], points: [point(place)] })),
        ...range(5).map(() => drop(task.id)),
      ])
      const { lines, total } = await task.lines(100)
      expect(lines).toHaveLength(total)
      const series = await task.series()
      expect(await task.points(series.map(({ id }) => id))).toHaveLength(total)
    })
  })

  describe('dropOlderThan', () => {
    it('drops what has reported nothing for so long', async () => {
      const [old, young] = [await reporter(subject), await reporter(subject)]
      await old.add(everything)
      await young.add(everything)
      const longAgo = sql<Date>`now() - interval '1 hour'`
      await subject.db.updateTable('event_streams').set({ added_at: longAgo }).execute()
      await young.add({ lines: [line(2)] })
      expect(await events().dropOlderThan(60_000)).toBe(1)
      expect(await events().dropOlderThan(60_000)).toBe(0)
      expect([await count(old.id), await count(young.id)]).toEqual([0, 103])
    })
  })

  describe('sweep', () => {
    it('deletes all that was dropped and nothing else', async () => {
      const [task, other] = [await reporter(subject), await reporter(subject)]
      await other.add(everything)
      const before = await left()
      await task.add(everything)
      await drop(task.id)
      await task.add({ lines: range(12_000).map((ms) => line(ms)) })
      await drop(task.id)
      expect(await sweepAll()).toEqual([])
      expect(await left()).toBe(before)
      expect(await count(other.id)).toBe(102)
      expect(await events().sweep(async () => {})).toEqual({ more: false })
    })

    it('tells the files that the events named, and when the task dropped them', async () => {
      const task = await reporter(subject)
      const image = (iteration: number, url: unknown) => plot(iteration, { kind: 'image', content: { url } })
      const urls = range(700).map((place) => `http://files/${place % 600}`)
      await task.add({
        shown: [
          ...urls.map((url, place) => image(place, url)),
          image(1_000, 5),
          image(1_001, null),
          plot(1, { content: {} }),
        ],
      })
      await drop(task.id)
      const [stream] = await subject.db.selectFrom('event_streams').select('dropped_at').execute()
      await task.add({ shown: [image(1, 'http://files/new')] })
      const files = await sweepAll()
      expect(files[0]).toMatchObject({ company, subject: task.id, droppedAt: stream?.dropped_at })
      const told = new Set(files.flatMap((some) => some.urls))
      expect(told).toEqual(new Set(urls))
    })

    it('tells files again when they could not be noted, and lets the reason out as it is', async () => {
      const task = await reporter(subject)
      await task.add({ shown: [plot(1, { content: { url: 'http://files/1' } })] })
      await drop(task.id)
      const error = new TypeError('mine')
      await expect(events().sweep(() => Promise.reject(error))).rejects.toBe(error)
      expect(await sweepAll()).toMatchObject([{ urls: ['http://files/1'] }])
      expect(await left()).toBe(0)
    })

    it('may be done by several processes at once', async () => {
      for (const _ of range(3)) {
        const task = await reporter(subject)
        await task.add({ ...everything, lines: range(3_000).map((ms) => line(ms)) })
        await drop(task.id)
      }
      const stores = [subject.store, subject.another(), subject.another()]
      await Promise.all(stores.map((store) => store.events.sweep(async () => {})))
      await sweepAll()
      expect(await left()).toBe(0)
    })
  })
}
