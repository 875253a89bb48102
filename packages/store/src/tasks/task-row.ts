import type { JsonText, PhaseTimings, Progress, TaskError } from '@inferq/contracts'
import type { Task } from '@inferq/domain'
import { type Selection, sql } from 'kysely'
import { idOf } from '../sql-text.ts'
import type { Tables } from '../tables.ts'

/** The name of a task's queue; a subquery, so that it goes with select, update and delete alike. */
export const queueName = sql<string | null>`(select name from queues where id = tasks.queue_id)`.as('queue')
/** As text, so that neither driver parses what is only passed on. */
export const inputText = sql<JsonText | null>`tasks.input::text`.as('input')
const resultText = sql<JsonText | null>`tasks.result::text`.as('result')

export const taskColumns = [
  'tasks.id',
  'tasks.number',
  'tasks.company',
  'tasks.user_id',
  'tasks.name',
  'tasks.job',
  'tasks.status',
  'tasks.status_reason',
  'tasks.status_message',
  'tasks.status_changed_at',
  queueName,
  'tasks.priority',
  'tasks.tags',
  'tasks.run',
  'tasks.step',
  'tasks.attempts_allowed',
  inputText,
  'tasks.input_key',
  resultText,
  'tasks.result_key',
  'tasks.error',
  'tasks.progress',
  'tasks.timings',
  'tasks.worker',
  'tasks.next_attempt_at',
  'tasks.traceparent',
  'tasks.enqueue_status',
  'tasks.events',
  'tasks.created_at',
  'tasks.queued_at',
  'tasks.started_at',
  'tasks.completed_at',
  'tasks.published_at',
  'tasks.updated_at',
  'tasks.expires_at',
] as const

export type TaskRow = Selection<Tables, 'tasks', (typeof taskColumns)[number]>

export const taskOf = (row: TaskRow): Task => ({
  id: idOf(row.id),
  number: Number(row.number),
  company: row.company,
  user: row.user_id,
  name: row.name,
  job: row.job,
  status: row.status,
  statusReason: row.status_reason,
  statusMessage: row.status_message,
  queue: row.queue,
  priority: row.priority,
  tags: row.tags,
  run: row.run,
  step: row.step,
  attemptsAllowed: row.attempts_allowed,
  input: row.input,
  inputKey: row.input_key,
  result: row.result,
  resultKey: row.result_key,
  error: row.error as TaskError | null,
  progress: row.progress as Progress | null,
  timings: row.timings as PhaseTimings | null,
  worker: row.worker,
  nextAttemptAt: row.next_attempt_at,
  traceparent: row.traceparent,
  enqueueStatus: row.enqueue_status,
  events: row.events,
  createdAt: row.created_at,
  queuedAt: row.queued_at,
  startedAt: row.started_at,
  completedAt: row.completed_at,
  publishedAt: row.published_at,
  statusChangedAt: row.status_changed_at,
  updatedAt: row.updated_at,
  expiresAt: row.expires_at,
})
