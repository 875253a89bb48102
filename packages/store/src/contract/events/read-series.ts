import { describe, expect, it } from 'vitest'
import { nextId, type Suite } from '../subject.ts'
import { at, line, point, range, reporter } from './reports.ts'

export const readSeriesSuite: Suite = (subject) => {
  const messages = (lines: readonly { message: string }[]) => lines.map(({ message }) => message)

  describe('readLines', () => {
    it('pages in both directions, from either end and from a time, which itself is left out', async () => {
      const task = await reporter(subject)
      await task.add({ lines: [4, 2, 3, 1, 5].map((ms) => line(ms)) })
      const of = (...times: number[]) => times.map((ms) => `line ${ms}`)
      expect(messages((await task.lines(2, null, 'earlier')).lines)).toEqual(of(5, 4))
      expect(messages((await task.lines(2, at(4), 'earlier')).lines)).toEqual(of(3, 2))
      expect(messages((await task.lines(2, at(2), 'earlier')).lines)).toEqual(of(1))
      expect(messages((await task.lines(2, null, 'later')).lines)).toEqual(of(1, 2))
      expect(messages((await task.lines(9, at(2), 'later')).lines)).toEqual(of(3, 4, 5))
      expect(await task.lines(9, at(5), 'later')).toEqual({ lines: [], total: 5 })
    })

    it('holds all lines of its last time, in the order in which they came, so that paging by time misses none', async () => {
      const task = await reporter(subject)
      await task.add({ lines: [line(1, 'a'), line(2, 'b'), line(2, 'c')] })
      await task.add({ lines: [line(2, 'd'), line(3, 'e'), line(2, 'f')] })
      expect(messages((await task.lines(2, null, 'later')).lines)).toEqual(['a', 'b', 'c', 'd', 'f'])
      expect(messages((await task.lines(2, at(2), 'later')).lines)).toEqual(['e'])
      expect(messages((await task.lines(2, null, 'earlier')).lines)).toEqual(['e', 'f', 'd', 'c', 'b'])
      expect(messages((await task.lines(2, at(2), 'earlier')).lines)).toEqual(['a'])
    })

    it('holds no more than ten thousand further lines of one time', async () => {
      const task = await reporter(subject)
      await task.add({ lines: range(10_020).map((place) => line(1, `${place}`)) })
      const { lines, total } = await task.lines(5, null, 'earlier')
      expect([lines.length, total]).toEqual([10_005, 10_020])
      expect(lines[0]?.message).toBe('10019')
    })

    it('is empty for a task that reported nothing, and for what is no id', async () => {
      for (const id of [nextId(), 'no id']) {
        const lines = await subject.store.events.readLines(id, { from: null, direction: 'later', limit: 5 })
        expect(lines).toEqual({ lines: [], total: 0 })
        expect(await subject.store.events.listSeries(id)).toEqual([])
      }
    })
  })

  describe('listSeries', () => {
    it('tells of each what it spans, in the order of the names, of all or of some', async () => {
      const task = await reporter(subject)
      const names = [
        ['b', 'x'],
        ['a', 'y'],
        ['B', 'z'],
        ['a', 'x'],
      ] as const
      await task.add({ points: names.map(([metric, variant]) => point(5, { metric, variant })) })
      await task.add({ points: [point(-3, { metric: 'a', variant: 'x', at: at(900) })] })
      const shown = async (...filter: Parameters<typeof task.series>) =>
        (await task.series(...filter)).map(({ metric, variant }) => metric + variant)
      expect(await shown()).toEqual(['Bz', 'ax', 'ay', 'bx'])
      expect(await shown([{ metric: 'a' }, { metric: 'b', variants: ['x', 'none'] }])).toEqual(['ax', 'ay', 'bx'])
      expect(await shown([{ metric: 'a', variants: ['y'] }])).toEqual(['ay'])
      expect(await shown([{ metric: 'a', variants: [] }])).toEqual(['ax', 'ay'])
      expect(await shown([{ metric: 'none' }])).toEqual([])
      expect(await shown([])).toHaveLength(4)
      const [series] = await task.series([{ metric: 'a', variants: ['x'] }])
      expect(series).toEqual({
        id: series?.id,
        metric: 'a',
        variant: 'x',
        points: 2,
        ...{ firstIteration: -3, lastIteration: 5, firstAt: at(5), lastAt: at(900) },
      })
    })

    it('remembers between which iterations a series went back to what it had passed', async () => {
      const task = await reporter(subject)
      const report = (...iterations: number[]) => task.add({ points: iterations.map((iteration) => point(iteration)) })
      const repeated = async () => {
        const [row] = await subject.db.selectFrom('scalar_series').select(['repeated_from', 'repeated_to']).execute()
        return row?.repeated_from === null ? null : { from: row?.repeated_from, to: row?.repeated_to }
      }
      await report(1, 2, 3)
      await report(4, 9)
      expect(await repeated()).toBeNull()
      await report(9)
      expect(await repeated()).toEqual({ from: 9, to: 9 })
      await report(7, 8, 9, 10, 11)
      expect(await repeated()).toEqual({ from: 7, to: 9 })
      await report(20, 12)
      expect(await repeated()).toEqual({ from: 7, to: 20 })
      await report(21)
      expect(await repeated()).toEqual({ from: 7, to: 20 })
    })
  })

  describe('readSeries', () => {
    it('shows all points in the order in which they came, however they were cut into batches', async () => {
      const task = await reporter(subject)
      let next = 0
      for (const size of [1, 62, 1, 1, 63, 64, 65, 127, 128, 1_000, 0, 5]) {
        await task.add({
          points: range(size, next).map((iteration) => point(iteration, { at: at(5_000 - iteration) })),
        })
        next += size
      }
      const [series] = await task.series()
      const id = series?.id ?? ''
      expect(series?.points).toBe(next)
      expect(await task.points([id])).toEqual(range(next).map((place) => [id, place, 5_000 - place, place / 3]))
    })

    it('shows one series after the other, as asked for, and passes over those that are gone', async () => {
      const task = await reporter(subject)
      // More than is read from the database at a time.
      await task.add({ points: range(40_000).map((place) => point(place, { variant: place % 4 === 3 ? 'a' : 'b' })) })
      await task.add({ points: [point(1, { variant: 'c' })] })
      const [a, b, c] = (await task.series()).map(({ id }) => id) as [string, string, string]
      const points = await task.points([c, '999999999', b, a])
      const counts = Map.groupBy(points, ([id]) => id)
      expect([...counts.keys()]).toEqual([c, b, a])
      expect([...counts.values()].map((found) => found.length)).toEqual([1, 30_000, 10_000])
      expect(counts.get(a)?.map(([, iteration]) => iteration)).toEqual(range(10_000).map((place) => place * 4 + 3))
      expect(points.findIndex(([id]) => id === a)).toBe(30_001)
    })

    it('lets out what the visitor throws as it is', async () => {
      const task = await reporter(subject)
      await task.add({ points: [point(1)] })
      const error = new TypeError('mine')
      const reading = subject.store.events.readSeries(
        (await task.series()).map(({ id }) => id),
        () => {
          throw error
        },
      )
      await expect(reading).rejects.toBe(error)
    })
  })
}
