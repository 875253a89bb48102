import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { defaulted, flag, list, object, optional, text } from '../transport/fields.ts'
import { eventDocument } from './event-document.ts'
import { type ImageIteration, readImageIterations } from './image-iterations.ts'
import { maxImageIterations, maxSubjectsPerQuestion } from './limits.ts'
import { seriesFilter } from './metric-filter.ts'
import { atLeastOne } from './page-fields.ts'
import { decodeScroll, encodeScroll } from './scroll.ts'
import { requireVisibleSubjects } from './visible-subjects.ts'

const taskMetric = object({ task: text, metric: optional(text), variants: optional(list(text)) })

/** Of each task the lowest and the highest iteration that a scroll has shown last. */
const windows = z.array(z.tuple([z.string(), z.tuple([z.int(), z.int()])]))
type Window = z.output<typeof windows>[number][1]

/**
 * The images of the last iterations of tasks or models. With the scroll id of an answer: of those before, or after, what
 * was shown, or of the last ones anew.
 */
export const eventsDebugImages = defineEndpoint('events.debug_images', {
  since: '2.1',
  request: object({
    metrics: list(taskMetric).min(1).max(maxSubjectsPerQuestion),
    iters: defaulted(atLeastOne(maxImageIterations), 1),
    navigate_earlier: defaulted(flag, true),
    refresh: flag,
    scroll_id: optional(text),
    model_events: flag,
  }),
  async handle(call, { metrics: wanted, iters, navigate_earlier, refresh, scroll_id, model_events }) {
    const byTask = Map.groupBy(wanted, ({ task }) => task)
    const shown = new Map(decodeScroll(windows, scroll_id))
    await requireVisibleSubjects(call, [...byTask.keys()], model_events)
    const metrics = []
    for (const [task, items] of byTask) {
      const window = refresh ? undefined : shown.get(task)
      const found = await readImageIterations(call.services.events, task, {
        ...filterOf(items),
        ...(window === undefined || navigate_earlier
          ? { from: window?.[0] ?? null, direction: 'earlier' }
          : { from: window[1], direction: 'later' }),
        iterations: iters,
      })
      const next = windowOf(found) ?? window
      if (next) shown.set(task, next)
      metrics.push({ task, iterations: found.map((one) => iterationDocument(task, one)) })
    }
    return { scroll_id: encodeScroll([...shown]), metrics }
  },
})

/** Null: nothing was found. */
function windowOf(found: readonly ImageIteration[]): Window | null {
  const [highest, lowest] = [found[0], found.at(-1)]
  return highest && lowest ? [lowest.iteration, highest.iteration] : null
}

/** One item without a metric asks for all of them. */
function filterOf(items: readonly z.output<typeof taskMetric>[]) {
  const named = items.flatMap(({ metric, variants }) => (metric === undefined ? [] : [{ metric, variants }]))
  return named.length < items.length ? {} : seriesFilter(named)
}

const iterationDocument = (task: string, { iteration, images }: ImageIteration) => ({
  iter: iteration,
  events: images.map((image) => eventDocument(task, image)),
})
