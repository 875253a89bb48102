import type { AnyEvent, EventBatch, EventKind, LogLine, ScalarPoint, SeriesFilter, ShownEvent } from '@inferq/domain'
import type { Store } from '../../open-store.ts'
import { company, creation, type Subject } from '../subject.ts'

export const start = Date.UTC(2026, 0, 2)
export const at = (ms: number): Date => new Date(start + ms)

export const line = (ms: number, message = `line ${ms}`, changes: Partial<LogLine> = {}): LogLine => ({
  at: at(ms),
  worker: 'w',
  level: 'info',
  message,
  ...changes,
})

export const point = (iteration: number, changes: Partial<ScalarPoint> = {}): ScalarPoint => ({
  metric: 'loss',
  variant: 'train',
  iteration,
  at: at(iteration),
  value: iteration / 3,
  ...changes,
})

export const plot = (iteration: number, changes: Partial<ShownEvent> = {}): ShownEvent => ({
  kind: 'plot',
  metric: 'confusion',
  variant: 'test',
  iteration,
  at: at(iteration),
  worker: 'w',
  content: { of: iteration },
  ...changes,
})

export const batch = (parts: Partial<EventBatch>): EventBatch => ({ lines: [], points: [], shown: [], ...parts })

export const range = (count: number, from = 0): number[] => Array.from({ length: count }, (_, place) => from + place)

/** A task, and shortcuts to what it reports. */
export async function reporter(subject: Subject) {
  const { id } = await subject.store.tasks.createTask(creation())
  return {
    id,
    add: (parts: Partial<EventBatch>, store: Store = subject.store) =>
      store.events.addToTask(company, id, batch(parts), () => ({})),
    lines: (limit: number, from: Date | null = null, direction: 'earlier' | 'later' = 'later') =>
      subject.store.events.readLines(id, { from, direction, limit }),
    series: (filter?: readonly SeriesFilter[]) => subject.store.events.listSeries(id, filter),
    points: (ids: readonly string[]) => readPoints(subject.store, ids),
    all: (kinds: readonly EventKind[], limit: number, newestFirst = false, filter?: readonly SeriesFilter[]) =>
      readAll(subject.store, id, { kinds, limit, newestFirst, ...(filter ? { filter } : {}) }),
  }
}

export async function readPoints(store: Store, ids: readonly string[]) {
  const points: [series: string, iteration: number, ms: number, value: number][] = []
  await store.events.readSeries(ids, ({ series, iterations, times, values }) => {
    iterations.forEach((iteration, place) => {
      points.push([series, iteration, (times[place] ?? Number.NaN) - start, values[place] ?? Number.NaN])
    })
  })
  return points
}

/** Page after page to the end. */
async function readAll(
  store: Store,
  id: string,
  query: { kinds: readonly EventKind[]; limit: number; newestFirst: boolean; filter?: readonly SeriesFilter[] },
): Promise<AnyEvent[]> {
  const events: AnyEvent[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof store.events.readEvents>> = await store.events.readEvents(id, {
      ...query,
      cursor,
    })
    if (page.events.length > query.limit) throw new Error('a page is larger than it may be')
    if (page.events.length < query.limit && page.cursor) throw new Error('a page is cut short')
    events.push(...page.events)
    cursor = page.cursor
  } while (cursor)
  return events
}
