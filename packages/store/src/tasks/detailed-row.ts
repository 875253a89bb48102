import type { DetailedTask, HeavyPart } from '@inferq/domain'
import { type Selection, sql } from 'kysely'
import { idOf } from '../sql-text.ts'
import type { Tables } from '../tables.ts'
import { taskColumns, taskOf } from './task-row.ts'

/** A task with all its details. The native hot path reads `taskColumns` only: most of its tasks have none of these. */
export const detailedColumns = [
  ...taskColumns,
  'tasks.queue_id',
  'tasks.type',
  'tasks.comment',
  'tasks.project',
  'tasks.parent',
  'tasks.system_tags',
  'tasks.script',
  'tasks.execution',
  'tasks.container',
  'tasks.models',
  'tasks.output',
  'tasks.hyperparams',
  'tasks.configuration',
  'tasks.runtime',
  'tasks.last_metrics',
  'tasks.last_iteration',
  'tasks.active_seconds',
  'tasks.worker_reported_at',
  'tasks.edited_at',
  'tasks.changed_by',
  'tasks.company_origin',
  'tasks.lease_until',
  'tasks.taken_by',
  'tasks.withdrawn',
] as const

/** An empty value in the place of each part that is not to be read; the row has the same shape. */
export const columnsWithout = (parts: readonly HeavyPart[]): typeof detailedColumns => {
  const left = new Map<string, HeavyPart>(parts.map((part) => [columnOf[part], part]))
  const columns = detailedColumns.map((column) => {
    const name = typeof column === 'string' ? column.replace('tasks.', '') : column.alias
    const part = left.get(name as string)
    return part === undefined ? column : (part === 'events' ? sql`'[]'::jsonb` : sql`null`).as(columnOf[part])
  })
  return columns as unknown as typeof detailedColumns
}

const columnOf = {
  input: 'input',
  result: 'result',
  events: 'events',
  script: 'script',
  execution: 'execution',
  hyperparams: 'hyperparams',
  configuration: 'configuration',
  lastMetrics: 'last_metrics',
} as const satisfies Record<HeavyPart, string>

export type DetailedRow = Selection<Tables, 'tasks', (typeof detailedColumns)[number]>

export const detailedTaskOf = (row: DetailedRow): DetailedTask => ({
  ...taskOf(row),
  queueId: row.queue_id === null ? null : idOf(row.queue_id),
  type: row.type,
  comment: row.comment,
  project: row.project === null ? null : idOf(row.project),
  parent: row.parent,
  systemTags: row.system_tags,
  script: row.script,
  execution: row.execution,
  container: row.container,
  models: row.models,
  output: row.output,
  hyperparams: row.hyperparams,
  configuration: row.configuration,
  runtime: row.runtime,
  lastMetrics: row.last_metrics,
  lastIteration: Number(row.last_iteration),
  activeSeconds: row.active_seconds,
  workerReportedAt: row.worker_reported_at,
  editedAt: row.edited_at,
  changedBy: row.changed_by,
  companyOrigin: row.company_origin,
  leaseUntil: row.lease_until,
  takenBy: row.taken_by,
  withdrawn: row.withdrawn,
})
