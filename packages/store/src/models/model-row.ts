import type { Model } from '@inferq/domain'
import type { Selection } from 'kysely'
import { idOf } from '../sql-text.ts'
import type { Tables } from '../tables.ts'

export const modelColumns = [
  'models.id',
  'models.company',
  'models.user_id',
  'models.name',
  'models.uri',
  'models.framework',
  'models.task',
  'models.parent',
  'models.project',
  'models.ready',
  'models.labels',
  'models.design',
  'models.tags',
  'models.system_tags',
  'models.comment',
  'models.metadata',
  'models.ui_cache',
  'models.last_iteration',
  'models.last_metrics',
  'models.created_at',
  'models.updated_at',
] as const

export type ModelRow = Selection<Tables, 'models', (typeof modelColumns)[number]>

export const modelOf = (row: ModelRow): Model => ({
  id: idOf(row.id),
  company: row.company,
  user: row.user_id,
  name: row.name,
  uri: row.uri,
  framework: row.framework,
  task: row.task,
  parent: row.parent,
  project: row.project === null ? null : idOf(row.project),
  ready: row.ready,
  labels: row.labels,
  design: row.design,
  tags: row.tags,
  systemTags: row.system_tags,
  comment: row.comment,
  metadata: row.metadata,
  uiCache: row.ui_cache,
  lastIteration: Number(row.last_iteration),
  lastMetrics: row.last_metrics,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})
