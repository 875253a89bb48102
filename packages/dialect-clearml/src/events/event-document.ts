import type { AnyEvent } from '@inferq/domain'
import type { WireDocument } from '../document/fields.ts'
import { typeOfKind } from './event-types.ts'
import { eventLimits } from './limits.ts'
import type { ItemChars } from './read-within.ts'

/** An event as it goes out: all fields of its type. */
export function eventDocument(subject: string, event: AnyEvent): WireDocument {
  const head = { timestamp: event.at.getTime(), type: typeOfKind[event.kind], task: subject }
  if (event.kind === 'line') return { ...head, level: event.level, worker: event.worker, msg: event.message }
  const { metric, variant, iteration: iter } = event
  const place = { ...head, metric, variant, iter }
  return event.kind === 'point'
    ? { ...place, value: event.value }
    : { ...place, ...event.content, worker: event.worker }
}

/** About how much room an event takes in an answer. */
export const eventChars: ItemChars<AnyEvent> = {
  most: eventLimits.plot,
  of(event) {
    if (event.kind === 'line') return event.message.length
    if (event.kind === 'point') return 0
    const { plot_str, values } = event.content
    return typeof plot_str === 'string' ? plot_str.length : Array.isArray(values) ? values.length * charsOfNumber : 0
  },
}

export const lineChars: ItemChars<AnyEvent> = { ...eventChars, most: eventLimits.message }

const charsOfNumber = 20
