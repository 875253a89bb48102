import type { AnyEvent, EventBatch, LogLine, ScalarPoint, ShownEvent } from '@inferq/domain'

/** Events as the core takes them, each kind in the order in which they came. */
export function batchOf(events: readonly AnyEvent[]): EventBatch {
  const lines: LogLine[] = []
  const points: ScalarPoint[] = []
  const shown: ShownEvent[] = []
  for (const event of events) {
    if (event.kind === 'line') lines.push(event)
    else if (event.kind === 'point') points.push(event)
    else shown.push(event)
  }
  return { lines, points, shown }
}
