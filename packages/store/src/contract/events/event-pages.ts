import type { AnyEvent, EventKind } from '@inferq/domain'
import { describe, expect, it } from 'vitest'
import type { Suite } from '../subject.ts'
import { at, line, plot, point, range, reporter, start } from './reports.ts'

/** The same every time. */
function* noise(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state * 48_271) % 2_147_483_647
    yield state
  }
}

const key = (event: AnyEvent) =>
  `${event.kind} ${event.at.getTime() - start} ${event.kind === 'line' ? event.message : `${event.metric}/${event.variant}/${event.iteration}`}`

export const eventPagesSuite: Suite = (subject) => {
  const kinds: EventKind[] = ['line', 'point', 'plot', 'image']

  /** Series of several chunks and of less than one, whose times come as `timeOf` says. */
  async function report(timeOf: (place: number, random: number) => number) {
    const task = await reporter(subject)
    const random = noise(7)
    const time = (place: number) => at(timeOf(place, random.next().value))
    const lines = range(100).map((place) => line(0, `${place}`, { at: time(place * 10) }))
    const points = range(1_000).map((place) =>
      point(place, { variant: place % 50 ? `v${place % 2}` : 'few', at: time(place) }),
    )
    const shown = range(60).map((place) =>
      plot(place, { kind: place % 2 ? 'image' : 'plot', metric: `m${place % 3}`, at: time(place * 15) }),
    )
    for (const part of range(5)) {
      await task.add({
        lines: lines.slice(part * 20, part * 20 + 20),
        points: points.slice(part * 200, part * 200 + 200),
        shown: shown.slice(part * 12, part * 12 + 12),
      })
    }
    const events: AnyEvent[] = [
      ...lines.map((one) => ({ kind: 'line' as const, ...one })),
      ...points.map((one) => ({ kind: 'point' as const, ...one })),
      ...shown,
    ]
    return { task, events }
  }

  const timings: [string, (place: number, random: number) => number][] = [
    ['in the order of their times', (place) => place],
    ['many at the same time', (place) => Math.floor(place / 40)],
    ['all at one time', () => 5],
    ['in no order at all', (_, random) => random % 1_500],
    ['backwards', (place) => -place],
    ['some far too late', (place, random) => (random % 50 === 0 ? random % 1_000 : place)],
  ]

  describe('readEvents', () => {
    it.each(timings)('pages through what came %s, without gaps and without showing one twice', async (_, timeOf) => {
      const { task, events } = await report(timeOf)
      const given = events.map(key).toSorted()
      const [forwards, backwards] = [await task.all(kinds, 83), await task.all(kinds, 250, true)]
      expect(forwards.map(key).toSorted()).toEqual(given)
      const times = forwards.map((event) => event.at.getTime())
      expect(times).toEqual(times.toSorted((a, b) => a - b))
      expect(backwards.map(key).toReversed()).toEqual(forwards.map(key))
    })

    it('shows of the kinds and metrics that are asked for, and counts them', async () => {
      const { task } = await report((place) => place)
      const count = async (...query: Parameters<typeof task.all>) => {
        const [some, limit, newestFirst = false, filter] = query
        const { total } = await subject.store.events.readEvents(task.id, {
          ...{ kinds: some, limit, newestFirst, cursor: null },
          ...(filter ? { filter } : {}),
        })
        const found = await task.all(...query)
        expect(found).toHaveLength(total)
        return total
      }
      expect(await count(['line'], 60)).toBe(100)
      expect(await count(['point'], 700)).toBe(1_000)
      expect(await count(['image'], 11)).toBe(30)
      expect(await count(['plot', 'line'], 100, true)).toBe(130)
      expect(await count(['vector'], 100)).toBe(0)
      expect(await count(kinds, 1_000)).toBe(1_160)
      expect(await count(['point'], 15, true, [{ metric: 'loss', variants: ['few'] }])).toBe(20)
      // A line is of no metric.
      expect(await count(kinds, 100, false, [{ metric: 'm1' }])).toBe(20)
    })

    it('leaves out points that were reported again for their iteration, and does not count them', async () => {
      const task = await reporter(subject)
      const points = (from: number, to: number, ms: number) =>
        range(to - from, from).map((iteration) => point(iteration, { at: at(ms + iteration), value: ms }))
      const steady = points(0, 300, 0).map((one) => ({ ...one, variant: 'steady' }))
      await task.add({ points: [...points(0, 500, 0), ...steady] })
      // Resumed at 400, and once more at 450.
      await task.add({ points: points(400, 470, 10_000) })
      await task.add({ points: points(450, 600, 20_000) })
      const meant = [...points(0, 400, 0), ...points(400, 450, 10_000), ...points(450, 600, 20_000)]
      const shown = (one: AnyEvent) => (one.kind === 'point' ? [one.variant, one.iteration, one.value] : [])
      for (const newestFirst of [false, true]) {
        for (const limit of [37, 1_000]) {
          const found = await task.all(['point'], limit, newestFirst, [{ metric: 'loss', variants: ['train'] }])
          const inOrder = newestFirst ? found.toReversed() : found
          expect(inOrder.map(shown)).toEqual(meant.map((one) => shown({ kind: 'point', ...one })))
        }
      }
      const query = { kinds: ['point'] as const, newestFirst: false, cursor: null, limit: 1 }
      expect((await subject.store.events.readEvents(task.id, query)).total).toBe(meant.length + steady.length)
    })

    it('goes on where it was when more has come meanwhile', async () => {
      const task = await reporter(subject)
      await task.add({ points: range(100).map((place) => point(place)), lines: range(100).map((ms) => line(ms)) })
      const query = { kinds: ['line', 'point'] as const, newestFirst: true, limit: 90 }
      const first = await subject.store.events.readEvents(task.id, { ...query, cursor: null })
      await task.add({ points: range(100, 100).map((place) => point(place)), lines: [line(500)] })
      const second = await subject.store.events.readEvents(task.id, { ...query, cursor: first.cursor })
      const third = await subject.store.events.readEvents(task.id, { ...query, cursor: second.cursor })
      const found = [first, second, third].flatMap(({ events }) => events.map(key))
      expect(new Set(found).size).toBe(200)
      expect(third.cursor).toBeNull()
    })

    it('shows nothing twice on a page that is read while more comes', async () => {
      const task = await reporter(subject)
      const adding = range(60).map((place) =>
        task.add({ points: range(20, place * 20).map((iteration) => point(iteration)) }, subject.another()),
      )
      const reading = range(30).map(async () => {
        const { events } = await subject.store.events.readEvents(task.id, {
          ...{ kinds, newestFirst: true, limit: 2_000, cursor: null },
        })
        expect(new Set(events.map(key)).size).toBe(events.length)
        // Batches are whole or not there.
        expect(events.length % 20).toBe(0)
      })
      await Promise.all([...adding, ...reading])
      expect(await task.all(kinds, 500)).toHaveLength(1_200)
    })

    it('begins anew with a cursor that is none', async () => {
      const task = await reporter(subject)
      await task.add({ points: [point(1)], lines: [line(1)], shown: [plot(1)] })
      const forged = [
        '',
        'x',
        '[]',
        '[1,2,3]',
        '[1,"0",0,0]',
        '[1,0,0.5,1]',
        '[1,0,0,0.5]',
        '[1,1,1e30,1]',
        '[null,0,0,0]',
      ]
      for (const text of forged) {
        const page = await subject.store.events.readEvents(task.id, {
          ...{ kinds, newestFirst: false, limit: 10 },
          cursor: Buffer.from(text).toString('base64url'),
        })
        expect(page).toMatchObject({ total: 3, cursor: null })
        expect(page.events).toHaveLength(3)
      }
      for (const text of ['[1e999,9,0,0]', '[-1e999,0,-5,-5]', '[1e300,2,0,1e300]']) {
        const cursor = Buffer.from(text).toString('base64url')
        await subject.store.events.readEvents(task.id, { kinds, newestFirst: true, limit: 10, cursor })
      }
    })
  })
}
