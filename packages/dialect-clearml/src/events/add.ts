import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { text } from '../transport/fields.ts'
import { addEvents } from './add-events.ts'
import { eventTypes } from './event-types.ts'

/** One event, as a line of events.add_batch. */
export const eventsAdd = defineEndpoint('events.add', {
  since: '2.1',
  request: z.looseObject({ type: z.enum(eventTypes), task: text }),
  handle: (call, event) => addEvents(call, [event]),
})
