import type { EventTask, Model } from '@inferq/domain'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { company, creation, foreignCompany, nextId, type Suite } from '../subject.ts'
import { at, batch, line, plot, point, range, reporter } from './reports.ts'

const everything = { lines: [line(1)], points: [point(1)], shown: [plot(1)] }

export const addEventsSuite: Suite = (subject) => {
  const { tasks, events, models } = {
    tasks: () => subject.store.tasks,
    events: () => subject.store.events,
    models: () => subject.store.models,
  }
  const find = async (id: string) => (await tasks().findDetailed(company, [id], 'own'))[0]
  const stored = async () => {
    const { rows } = await sql<{ count: number }>`
      select ((select count(*) from event_streams) + (select count(*) from log_lines)
        + (select count(*) from scalar_series) + (select count(*) from shown_events))::int as count`.execute(subject.db)
    return rows[0]?.count
  }
  const makeModel = () =>
    models().createModel({
      ...{
        id: nextId(),
        company,
        user: 'user',
        name: 'm',
        uri: 'file:///m',
        framework: null,
        task: null,
        parent: null,
      },
      ...{ project: null, ready: false, labels: {}, design: {}, tags: [], systemTags: [], comment: '', metadata: {} },
    })

  describe('addToTask', () => {
    it('adds the events and makes the changes that the decision on the task answers, and answers the task before', async () => {
      const task = await tasks().createTask(creation({ lastIteration: 3, lastMetrics: { a: 1 }, activeSeconds: 2 }))
      const seen: EventTask[] = []
      const set = { lastIteration: 4, lastMetrics: { a: 2 }, status: 'in_progress', startedAt: 'now' } as const
      const before = await events().addToTask(company, task.id, batch(everything), (now) => {
        seen.push(now)
        return set
      })
      const { id, status, startedAt, leaseUntil, lastMetrics, lastIteration, activeSeconds, project } = task
      expect(before).toEqual({ id, status, startedAt, leaseUntil, lastMetrics, lastIteration, activeSeconds, project })
      expect(seen).toEqual([before])
      const after = await find(task.id)
      expect(after).toMatchObject({ ...set, startedAt: after?.updatedAt })
      expect(after?.updatedAt.getTime()).toBeGreaterThanOrEqual(task.updatedAt.getTime())
      expect(await stored()).toBe(4)
    })

    it('adds nothing of what the decision leaves, and lets out what it throws as it is', async () => {
      const task = await tasks().createTask(creation())
      expect(await events().addToTask(company, task.id, batch(everything), () => null)).toBeNull()
      const error = new TypeError('mine')
      const thrown = events().addToTask(company, task.id, batch(everything), () => {
        throw error
      })
      await expect(thrown).rejects.toBe(error)
      expect(await stored()).toBe(0)
      expect(await find(task.id)).toEqual(task)
    })

    it('adds all of a batch or nothing: also when the last of its statements fails', async () => {
      const { id } = await tasks().createTask(creation())
      const missing = events().addToTask(company, id, batch(everything), () => ({ project: nextId() }))
      await expect(missing).rejects.toMatchObject({ code: 'INTERNAL' })
      expect(await stored()).toBe(0)
    })

    it("shows another company's task, a public one and an unknown one to no decision", async () => {
      const [own, shared] = [await tasks().createTask(creation()), await tasks().createTask(creation({ company: '' }))]
      const decide = () => {
        throw new Error('must not be asked')
      }
      for (const [of, id] of [
        [foreignCompany, own.id],
        [company, shared.id],
        [company, nextId()],
        [company, 'no id'],
      ] as const) {
        expect(await events().addToTask(of, id, batch(everything), decide)).toBeNull()
      }
      expect(await stored()).toBe(0)
    })

    it('changes the task also when there are no events', async () => {
      const { id } = await tasks().createTask(creation())
      expect(await events().addToTask(company, id, batch({}), () => ({ lastIteration: 9 }))).toMatchObject({ id })
      expect(await find(id)).toMatchObject({ lastIteration: 9 })
      expect(await stored()).toBe(0)
    })

    it('loses nothing of fifty batches at once, from several processes, and each sees what the one before changed', async () => {
      const task = await reporter(subject)
      const stores = [subject.store, subject.another(), subject.another()]
      const writers = range(50).map((writer) =>
        stores[writer % 3]?.events.addToTask(
          company,
          task.id,
          batch({
            lines: range(7).map((place) => line(place, `${writer}.${place}`)),
            points: range(9).map((place) => point(writer * 9 + place, { variant: `v${place % 2}` })),
            shown: [plot(writer), plot(1_000, { content: { writer } })],
          }),
          ({ lastIteration }) => ({ lastIteration: lastIteration + 1 }),
        ),
      )
      await Promise.all(writers)
      expect(await find(task.id)).toMatchObject({ lastIteration: 50 })
      const { lines, total } = await task.lines(1_000)
      expect(total).toBe(350)
      expect(new Set(lines.map(({ message }) => message)).size).toBe(350)
      const series = await task.series()
      expect(series.map(({ variant, points }) => [variant, points])).toEqual([
        ['v0', 250],
        ['v1', 200],
      ])
      const points = await task.points(series.map(({ id }) => id))
      expect(points.map(([, iteration]) => iteration).toSorted((a, b) => a - b)).toEqual(range(450))
      expect(await task.all(['plot'], 100)).toHaveLength(51)
    })

    it('lets another task report while a batch of one is under way', async () => {
      const [slow, quick] = [await reporter(subject), await reporter(subject)]
      const done: string[] = []
      const slowly = slow
        .add({ lines: range(6_000).map((ms) => line(ms, 'x'.repeat(200))) })
        .then(() => done.push('slow'))
      const quickly = quick.add({ lines: [line(1)] }).then(() => done.push('quick'))
      await Promise.all([slowly, quickly])
      expect(done.toSorted()).toEqual(['quick', 'slow'])
      expect(await slow.lines(1)).toMatchObject({ total: 6_000 })
    })

    it('keeps names and texts of any length and of any characters', async () => {
      const task = await reporter(subject)
      const odd = 'a\0\ud800"\\\u{1f600}\n'
      const long = 'ü'.repeat(20_000)
      await task.add({
        lines: [line(1, odd, { worker: odd, level: odd })],
        points: [
          point(1, { metric: odd, variant: long }),
          point(2, { metric: 'a\ufffd\ufffd"\\\u{1f600}\n', variant: long }),
        ],
        shown: [plot(1, { metric: long, variant: odd, worker: odd, content: { [odd]: [odd] } })],
      })
      const kept = 'a\ufffd\ufffd"\\\u{1f600}\n'
      expect((await task.lines(1)).lines).toEqual([{ at: at(1), message: kept, worker: kept, level: kept }])
      expect(await task.series()).toMatchObject([{ metric: kept, variant: long, points: 2 }])
      expect(await task.series([{ metric: odd, variants: [long] }])).toHaveLength(1)
      expect(await task.all(['plot'], 1)).toMatchObject([{ metric: long, variant: kept, content: { [kept]: [kept] } }])
    })

    it('keeps any number that a value, an iteration or a time can be', async () => {
      const task = await reporter(subject)
      const values = [Number.NaN, Infinity, -Infinity, Number.MAX_VALUE, 5e-324]
      const times = [new Date(8.64e15), new Date(-8.64e15), at(0), at(1), at(2)]
      const points = values.map((value, place) =>
        point((place % 2 ? -1e300 : 1e300) / Math.max(place, 1), { value, at: times[place] ?? at(place) }),
      )
      await task.add({
        points,
        lines: times.map((time) => line(0, '', { at: time })),
        shown: times.map((time, place) => plot(1e300 / (place + 1), { at: time })),
      })
      const [series] = await task.series()
      expect(series).toMatchObject({
        firstIteration: -1e300,
        lastIteration: 1e300,
        firstAt: times[1],
        lastAt: times[0],
      })
      expect((await task.points([series?.id ?? ''])).map(([, , , value]) => value)).toEqual(values)
      const found = await task.all(['line', 'point', 'plot'], 2)
      expect(found).toHaveLength(15)
      expect(found.map((event) => event.at.getTime())).toEqual(
        found.map((event) => event.at.getTime()).toSorted((a, b) => a - b),
      )
      expect((await task.lines(10)).lines.map((one) => one.at)).toEqual([times[1], at(0), at(1), at(2), times[0]])
    })
  })

  describe('addToModel', () => {
    it('adds the events and makes the changes, and answers the model before', async () => {
      const model = await makeModel()
      const seen: Model[] = []
      const added = await events().addToModel(company, model.id, batch(everything), (now) => {
        seen.push(now)
        return { lastIteration: 7, lastMetrics: { a: '\0' } }
      })
      expect(added).toEqual(model)
      expect(seen).toEqual([model])
      const [after] = await models().findModels(company, [model.id])
      expect(after).toEqual({
        ...model,
        lastIteration: 7,
        lastMetrics: { a: '\ufffd' },
        updatedAt: after?.updatedAt,
      })
      expect(await events().readLines(model.id, { from: null, direction: 'later', limit: 5 })).toMatchObject({
        total: 1,
      })
    })

    it("adds nothing to another company's model, nor when the decision is to leave it or throws", async () => {
      const model = await makeModel()
      const none = async (of: string, id: string) =>
        expect(await events().addToModel(of, id, batch(everything), () => ({}))).toBeNull()
      await none(foreignCompany, model.id)
      await none(company, nextId())
      await none(company, 'no id')
      expect(await events().addToModel(company, model.id, batch(everything), () => null)).toBeNull()
      const error = new Error('mine')
      const thrown = events().addToModel(company, model.id, batch(everything), () => {
        throw error
      })
      await expect(thrown).rejects.toBe(error)
      expect(await stored()).toBe(0)
      expect(await models().findModels(company, [model.id])).toEqual([model])
    })
  })
}
