import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { flag, object, optional, text } from '../transport/fields.ts'
import { eventChars, eventDocument } from './event-document.ts'
import { eventTypes, kindsOfType } from './event-types.ts'
import { metricFilter, seriesFilter } from './metric-filter.ts'
import { order, pageSize } from './page-fields.ts'
import { readScrolled } from './read-scrolled.ts'
import { requireVisibleSubject } from './visible-subjects.ts'

/** Everything that a task or model reported, or what is of one type, in the order of its time, page by page. */
export const eventsGetTaskEvents = defineEndpoint('events.get_task_events', {
  since: '2.1',
  request: object({
    task: text,
    event_type: optional(z.enum(eventTypes)),
    order: optional(order),
    batch_size: pageSize(500),
    scroll_id: optional(text),
    metrics: metricFilter,
    model_events: flag,
  }),
  async handle(call, { task, event_type, order, batch_size, scroll_id, metrics, model_events }) {
    const subject = await requireVisibleSubject(call, task, model_events)
    const query = {
      kinds: event_type === undefined ? Object.values(kindsOfType).flat() : kindsOfType[event_type],
      newestFirst: order === 'desc',
      ...seriesFilter(metrics),
    }
    const page = await readScrolled(scroll_id, batch_size, eventChars, (cursor, limit) =>
      call.services.events.readEvents(subject, { ...query, cursor, limit }),
    )
    const events = page.items.map((event) => eventDocument(subject, event))
    return { events, returned: events.length, total: page.total, scroll_id: page.scroll_id }
  },
})
