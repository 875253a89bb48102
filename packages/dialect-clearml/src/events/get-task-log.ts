import type { AnyEvent, LogLine } from '@inferq/domain'
import type { z } from 'zod'
import { type Call, isBefore } from '../call.ts'
import { defineEndpoint } from '../endpoint.ts'
import { defaulted, flag, object, optional, text } from '../transport/fields.ts'
import { eventDocument, lineChars } from './event-document.ts'
import { order, pageSize, time } from './page-fields.ts'
import { readScrolled } from './read-scrolled.ts'
import { readWithin } from './read-within.ts'
import { requireVisibleSubject } from './visible-subjects.ts'

const request = object({
  task: text,
  batch_size: pageSize(5000),
  order: optional(order),
  navigate_earlier: defaulted(flag, true),
  from_timestamp: optional(time),
  scroll_id: optional(text),
})

type Query = z.output<typeof request>

/** What a task printed. Callers of before 2.9 go through it with a scroll, as through other events. */
export const eventsGetTaskLog = defineEndpoint('events.get_task_log', {
  since: '1.5',
  request,
  async handle(call, query) {
    const subject = await requireVisibleSubject(call, query.task, false)
    return isBefore(call.version, [2, 9]) ? scrollLines(call, subject, query) : readLines(call, subject, query)
  },
})

async function readLines({ services }: Call, subject: string, query: Query) {
  const { navigate_earlier, from_timestamp, batch_size, order } = query
  const direction = navigate_earlier ? 'earlier' : 'later'
  let from = from_timestamp ?? null
  let total = 0
  const lines = await readWithin(batch_size, lineChars, async (limit) => {
    const page = await services.events.readLines(subject, { from, direction, limit })
    from = page.lines.at(-1)?.at ?? from
    total = page.total
    return { items: page.lines.map(asEvent), more: page.lines.length >= limit }
  })
  const events = lines.map((line) => eventDocument(subject, line))
  if (order !== undefined && order !== usualOrder[direction]) events.reverse()
  return { events, returned: events.length, total }
}

const usualOrder = { earlier: 'desc', later: 'asc' } as const

const asEvent = (line: LogLine): AnyEvent => ({ kind: 'line', ...line })

async function scrollLines({ services }: Call, subject: string, { order, batch_size, scroll_id }: Query) {
  const kinds = ['line'] as const
  const page = await readScrolled(scroll_id, batch_size, lineChars, (cursor, limit) =>
    services.events.readEvents(subject, { kinds, newestFirst: order === 'desc', cursor, limit }),
  )
  const events = page.items.map((line) => eventDocument(subject, line))
  return { events, returned: events.length, total: page.total, scroll_id: page.scroll_id }
}
