import type { AnyEvent, Document, ScalarPoint, ShownKind } from '@inferq/domain'
import { isTruthy } from '../transport/fields.ts'
import { isPlainObject, type PlainObject } from '../transport/plain-object.ts'
import { type EventType, eventTypes, isEventType, noIteration } from './event-types.ts'
import { eventLimits } from './limits.ts'
import { EventProblem, readNumber, readNumbers, readText, readTime, readWhole } from './read-field.ts'

/** What an event is about. */
export interface Subject {
  kind: 'task' | 'model'
  id: string
}

/** A scalar as the metrics of its task count it. */
export interface Scalar extends ScalarPoint {
  xAxisLabel: string | undefined
}

export interface ReportedEvent {
  subject: Subject
  allowLocked: boolean
  event: AnyEvent
  /** How far its task has come. Null: it says nothing of that. */
  iteration: number | null
  scalar: Scalar | null
}

export interface Reporting {
  worker: string
  now: Date
}

/** One event as a client sends it. Throws EventProblem. */
export function parseEvent(item: unknown, reporting: Reporting): ReportedEvent {
  if (!isPlainObject(item)) throw new EventProblem('an event must be an object')
  const { type } = item
  if (!isEventType(type)) throw new EventProblem(`field 'type': expected one of ${eventTypes.join(', ')}`)
  const id = readText(item, 'task', eventLimits.name)
  return {
    subject: { kind: isTruthy(item.model_event) ? 'model' : 'task', id },
    allowLocked: isTruthy(item.allow_locked),
    ...(type === 'log' ? readLine(item, reporting) : readMeasured(type, item, reporting)),
  }
}

type Content = Pick<ReportedEvent, 'event' | 'iteration' | 'scalar'>

function readLine(item: PlainObject, reporting: Reporting): Content {
  const event = {
    kind: 'line' as const,
    ...readOrigin(item, reporting),
    level: readText(item, 'level', eventLimits.name, ''),
    message: readText(item, 'msg', eventLimits.message, ''),
  }
  return { event, iteration: readWhole(item, 'iter', 0), scalar: null }
}

function readMeasured(type: Exclude<EventType, 'log'>, item: PlainObject, reporting: Reporting): Content {
  const { at, worker } = readOrigin(item, reporting)
  const place = {
    metric: readText(item, 'metric', eventLimits.name, ''),
    variant: readText(item, 'variant', eventLimits.name, ''),
    iteration: readWhole(item, 'iter', 0),
  }
  const { iteration } = place
  const shown = (kind: ShownKind, content: Document) => ({ kind, ...place, at, worker, content })
  switch (type) {
    case 'training_stats_scalar': {
      const value = readNumber(item, 'value')
      const scalar = { ...place, at, value, xAxisLabel: readLabel(item) }
      return iteration === noIteration
        ? { event: shown('single_value', { value }), iteration: null, scalar }
        : { event: { kind: 'point', ...place, at, value }, iteration, scalar }
    }
    case 'training_stats_vector': {
      const values = readNumbers(item, 'values', eventLimits.vectorValues)
      return { event: shown('vector', { values }), iteration, scalar: null }
    }
    case 'training_debug_image': {
      const key = readText(item, 'key', eventLimits.address, '')
      const url = readText(item, 'url', eventLimits.address)
      return { event: shown('image', { key, url }), iteration, scalar: null }
    }
    case 'plot': {
      const plot_str = readText(item, 'plot_str', eventLimits.plot)
      return { event: shown('plot', { plot_str }), iteration, scalar: null }
    }
  }
}

const readOrigin = (item: PlainObject, { worker, now }: Reporting) => ({
  at: readTime(item, 'timestamp', now),
  worker: readText(item, 'worker', eventLimits.name, worker),
})

const readLabel = (item: PlainObject) => readText(item, 'x_axis_label', eventLimits.name, '') || undefined
