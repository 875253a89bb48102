import type { HeavyPart } from '@inferq/domain'
import { type Selection, selectionOf } from '../query/selection.ts'

/** Which field of the document shows a part; no field shows the events. */
const fieldOf = {
  input: 'configuration',
  configuration: 'configuration',
  result: 'execution',
  execution: 'execution',
  script: 'script',
  hyperparams: 'hyperparams',
  lastMetrics: 'last_metrics',
} as const satisfies Partial<Record<HeavyPart, string>>

/** What need not be read of tasks for the documents that are asked for. */
export const unreadParts = (selection: Selection): HeavyPart[] => [
  'events',
  ...(Object.keys(fieldOf) as (keyof typeof fieldOf)[]).filter((part) => !selectionOf(selection, fieldOf[part])),
]
