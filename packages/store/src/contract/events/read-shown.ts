import type { AnyEvent, EventStore } from '@inferq/domain'
import { describe, expect, it } from 'vitest'
import { company, type Suite } from '../subject.ts'
import { at, plot, range, reporter } from './reports.ts'

type Query = Parameters<EventStore['readShown']>[1]

export const readShownSuite: Suite = (subject) => {
  const query: Query = { kind: 'plot', from: null, direction: 'earlier', iterations: null, cursor: null, limit: 100 }
  const read = (id: string, changes: Partial<Query> = {}) =>
    subject.store.events.readShown(id, { ...query, ...changes })
  const names = async (id: string, changes: Partial<Query> = {}) =>
    (await read(id, changes)).events.map(({ metric, variant, iteration }) => `${metric}${variant}${iteration}`)

  async function withPlots() {
    const task = await reporter(subject)
    const shown = ['ax', 'ay', 'bx'].flatMap((name) =>
      [3, 1, 2].map((iteration) => plot(iteration, { metric: name.slice(0, 1), variant: name.slice(1) })),
    )
    await task.add({ shown: [...shown, plot(1, { kind: 'image', metric: 'a', variant: 'x' })] })
    return task
  }

  describe('readShown', () => {
    it('answers of each metric and variant the last iterations that have one, the newest first', async () => {
      const { id } = await withPlots()
      expect(await names(id, { iterations: 2 })).toEqual(['ax3', 'ax2', 'ay3', 'ay2', 'bx3', 'bx2'])
      expect((await read(id, { iterations: 2 })).total).toBe(6)
      expect((await read(id)).total).toBe(9)
      expect(await names(id, { filter: [{ metric: 'a', variants: ['y'] }] })).toEqual(['ay3', 'ay2', 'ay1'])
      expect(await names(id, { kind: 'image' })).toEqual(['ax1'])
      expect(await names(id, { kind: 'vector' })).toEqual([])
      expect((await read(id, { kind: 'image' })).events).toEqual([
        plot(1, { kind: 'image', metric: 'a', variant: 'x' }),
      ])
    })

    it('answers those before or after an iteration, in that direction', async () => {
      const { id } = await withPlots()
      const filter = [{ metric: 'b' }]
      expect(await names(id, { filter, direction: 'later' })).toEqual(['bx1', 'bx2', 'bx3'])
      expect(await names(id, { filter, direction: 'later', iterations: 1 })).toEqual(['bx1'])
      expect(await names(id, { filter, from: 1, direction: 'later', iterations: 1 })).toEqual(['bx2'])
      expect(await names(id, { filter, from: 3 })).toEqual(['bx2', 'bx1'])
      expect((await read(id, { filter, from: 3 })).total).toBe(2)
      expect(await names(id, { filter, from: 1 })).toEqual([])
    })

    it.each(['earlier', 'later'] as const)(
      'pages without gaps and without showing one twice: %s',
      async (direction) => {
        const { id } = await withPlots()
        const whole = await names(id, { iterations: 2, direction })
        for (const limit of [1, 2, 5]) {
          const found: string[] = []
          let cursor: string | null = null
          do {
            const page = await read(id, { iterations: 2, direction, limit, cursor })
            expect(page.total).toBe(6)
            found.push(...page.events.map(({ metric, variant, iteration }) => `${metric}${variant}${iteration}`))
            cursor = page.cursor
          } while (cursor)
          expect(found).toEqual(whole)
        }
      },
    )

    it('begins anew with a cursor that is none', async () => {
      const { id } = await withPlots()
      for (const cursor of ['', 'x', '{}', Buffer.from('["a\0",2]').toString('base64url')]) {
        expect(await names(id, { cursor })).toHaveLength(9)
      }
      const strange = Buffer.from('["a\\u0000","\\ud800",1e400,"00000000-0000-0000-0000-000000000000"]').toString(
        'base64url',
      )
      expect(await names(id, { cursor: strange })).toHaveLength(3)
    })
  })

  describe('what is shown', () => {
    it('is replaced by what comes later for the same iteration, unless that tells an earlier time', async () => {
      const { id, add } = await reporter(subject)
      const content = async () => (await read(id)).events.map((event) => event.content)
      await add({ shown: [plot(1, { at: at(5), content: { n: 1 } })] })
      await add({ shown: [plot(1, { at: at(5), content: { n: 2 }, worker: 'other' })] })
      expect((await read(id)).events).toEqual([plot(1, { at: at(5), content: { n: 2 }, worker: 'other' })])
      await add({ shown: [plot(1, { at: at(4), content: { n: 3 } })] })
      expect(await content()).toEqual([{ n: 2 }])
      const twice = [7, 9, 8, 9, 6].map((ms, n) => plot(1, { at: at(ms), content: { n: 10 + n } }))
      await add({ shown: twice })
      expect(await content()).toEqual([{ n: 13 }])
      expect(await read(id)).toMatchObject({ total: 1 })
    })

    it('is several things of one iteration when they have keys of their own', async () => {
      const { id, add } = await reporter(subject)
      const image = (iteration: number, key: string, url = key) =>
        plot(iteration, { kind: 'image', at: at(5), content: { key, url } })
      const keys = ['a.png', 'b.png', 'c.png', 'd.png', 'k'.repeat(4_000)]
      await add({ shown: [1, 2].flatMap((iteration) => keys.map((key) => image(iteration, key))) })
      await add({ shown: [image(2, 'b.png', 'new'), image(2, 'c.png', 'old'), image(2, 'c.png', 'new')] })
      await add({
        shown: [image(2, 'd.png\0', 'new'), image(2, 'd.png\ufffd', 'new')].map((event) => ({
          ...event,
          kind: 'vector',
        })),
      })
      const urls = (events: readonly AnyEvent[]) =>
        events.map((event) => ('content' in event ? `${event.iteration} ${event.content.url}` : ''))
      const expected = [
        ...keys.map((key) => `1 ${key}`),
        ...['a.png', 'new', 'new', 'd.png', 'k'.repeat(4_000)].map((url) => `2 ${url}`),
      ].sort()
      expect((await read(id, { kind: 'image', iterations: 1 })).total).toBe(keys.length)
      for (const limit of [1, 3, 100]) {
        const [shown, all]: [string[], string[]] = [[], []]
        let cursor: string | null = null
        do {
          const page = await read(id, { kind: 'image', limit, cursor })
          expect(page.total).toBe(expected.length)
          shown.push(...urls(page.events))
          cursor = page.cursor
        } while (cursor)
        do {
          const query = { kinds: ['image'], newestFirst: limit === 3, cursor, limit } as const
          const page = await subject.store.events.readEvents(id, query)
          expect(page.total).toBe(expected.length)
          all.push(...urls(page.events))
          cursor = page.cursor
        } while (cursor)
        expect([shown.sort(), all.sort()]).toEqual([expected, expected])
      }
      await subject.store.tasks.deleteTask(company, id, { statuses: ['created'] })
      const forgotten: string[] = []
      while ((await subject.store.events.sweep(async ({ urls }) => void forgotten.push(...urls))).more);
      expect(new Set(forgotten)).toEqual(new Set([...keys, 'new']))
    })

    it('may be many in one batch', async () => {
      const { id, add } = await reporter(subject)
      await add({ shown: range(6_000).map((iteration) => plot(iteration)) })
      expect(await read(id, { limit: 1 })).toMatchObject({ total: 6_000, events: [{ iteration: 5_999 }] })
    })
  })
}
