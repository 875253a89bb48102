import type { EventKind } from '@inferq/domain'

/** What of the core each type of event is; a scalar without an iteration is a single value. */
export const kindsOfType = {
  log: ['line'],
  training_stats_scalar: ['point', 'single_value'],
  training_stats_vector: ['vector'],
  training_debug_image: ['image'],
  plot: ['plot'],
} as const satisfies Record<string, readonly EventKind[]>

export type EventType = keyof typeof kindsOfType
export const eventTypes = Object.keys(kindsOfType) as EventType[]
export const isEventType = (type: unknown): type is EventType =>
  typeof type === 'string' && Object.hasOwn(kindsOfType, type)

/** Total, so that a new kind must be named here. */
export const typeOfKind = {
  line: 'log',
  point: 'training_stats_scalar',
  single_value: 'training_stats_scalar',
  vector: 'training_stats_vector',
  image: 'training_debug_image',
  plot: 'plot',
} as const satisfies Record<EventKind, EventType>

/** The iteration by which clients say that a scalar has none: the smallest of 32 bits. */
export const noIteration = -2_147_483_648
