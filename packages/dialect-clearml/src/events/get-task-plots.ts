import { defineEndpoint } from '../endpoint.ts'
import { defaulted, flag, object, optional, text } from '../transport/fields.ts'
import { eventChars, eventDocument } from './event-document.ts'
import { maxPage } from './limits.ts'
import { metricFilter, seriesFilter } from './metric-filter.ts'
import { atLeastOne } from './page-fields.ts'
import { readScrolled } from './read-scrolled.ts'
import { requireVisibleSubject } from './visible-subjects.ts'

/** How many plots a page of a scroll has. */
const plotsPerPage = 500

/** The last plots of each metric and variant, page by page, or as many as fit into one answer with `no_scroll`. */
export const eventsGetTaskPlots = defineEndpoint('events.get_task_plots', {
  since: '2.1',
  request: object({
    task: text,
    iters: defaulted(atLeastOne(maxPage), 1),
    scroll_id: optional(text),
    no_scroll: flag,
    metrics: metricFilter,
    model_events: flag,
  }),
  async handle(call, { task, iters, scroll_id, no_scroll, metrics, model_events }) {
    const subject = await requireVisibleSubject(call, task, model_events)
    const query = {
      ...({ kind: 'plot', from: null, direction: 'earlier', iterations: iters } as const),
      ...seriesFilter(metrics),
    }
    const limit = no_scroll ? maxPage : plotsPerPage
    const page = await readScrolled(no_scroll ? undefined : scroll_id, limit, eventChars, (cursor, limit) =>
      call.services.events.readShown(subject, { ...query, cursor, limit }),
    )
    const plots = page.items.map((plot) => eventDocument(subject, plot))
    return {
      ...{ plots, returned: plots.length, total: page.total },
      ...(no_scroll ? {} : { scroll_id: page.scroll_id }),
    }
  },
})
