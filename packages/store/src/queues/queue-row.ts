import type { QueueRecord } from '@inferq/domain'
import { type Selection, sql } from 'kysely'
import { idOf } from '../sql-text.ts'
import type { Tables } from '../tables.ts'

/** The first entry of the queue's part of `tasks_waiting_in_queue`, however many wait. */
const oldestQueuedAt = sql<Date | null>`(
  select min(queued_at) from tasks where tasks.queue_id = queues.id and tasks.status = 'queued'
)`.as('oldest_queued_at')

const agentsWaiting = sql<number>`(
  select count(*)::int from queue_entries where queue_entries.queue_id = queues.id
)`.as('agents_waiting')

export const queueColumns = [
  'queues.id',
  'queues.company',
  'queues.name',
  'queues.display_name',
  'queues.is_default',
  'queues.paused',
  'queues.tags',
  'queues.system_tags',
  'queues.metadata',
  'queues.created_at',
  'queues.updated_at',
  oldestQueuedAt,
  agentsWaiting,
] as const

export type QueueRow = Selection<Tables, 'queues', (typeof queueColumns)[number]>

export const queueOf = (row: QueueRow): QueueRecord => ({
  id: idOf(row.id),
  company: row.company,
  name: row.name,
  displayName: row.display_name,
  isDefault: row.is_default,
  paused: row.paused,
  tags: row.tags,
  systemTags: row.system_tags,
  metadata: row.metadata,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  oldestQueuedAt: row.oldest_queued_at,
  agentsWaiting: row.agents_waiting,
})
