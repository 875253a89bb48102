import type { TaskStatus } from '@inferq/contracts'
import type { TaskEvent } from '@inferq/domain'
import type { ColumnType, Generated } from 'kysely'

type Time = ColumnType<Date, Date | undefined, Date>
type MaybeTime = ColumnType<Date | null, Date | null | undefined, Date | null>
/** Written as JSON text, read as what it says. */
type Jsonb<T> = ColumnType<T, string, string>

/** The tables as Kysely sees them; migrations/ says what they are for. */
export interface Tables {
  companies: { id: string; name: string; created_at: Time }
  users: { id: string; company: string; name: string; created_at: Time }
  credentials: {
    access_key: string
    secret_sha256: string
    company: string
    user_id: string
    name: string
    created_at: Time
    revoked_at: MaybeTime
  }
  queues: {
    id: Generated<string>
    company: string
    name: string
    is_default: Generated<boolean>
    paused: Generated<boolean>
    created_at: Time
  }
  tasks: TasksTable
  idempotency_keys: {
    company: string
    key: string
    body_hash: string
    task_id: string
    number: string
    draft: unknown
    created_at: Time
  }
}

interface TasksTable {
  id: string
  number: Generated<string | number>
  company: string
  user_id: string
  name: string
  job: string | null
  status: TaskStatus
  status_reason: string
  status_message: string
  status_changed_at: Time
  queue_id: string | null
  priority: number
  tags: string[]
  run: number
  step: number
  attempts_allowed: number
  /** Read with `::text`: neither driver may parse it on the way through. */
  input: unknown
  input_key: string | null
  result: unknown
  result_key: string | null
  error: Jsonb<unknown>
  progress: Jsonb<unknown>
  timings: Jsonb<unknown>
  worker: string | null
  next_attempt_at: MaybeTime
  traceparent: string | null
  enqueue_status: TaskStatus | null
  events: Jsonb<TaskEvent[]>
  created_at: Time
  queued_at: MaybeTime
  started_at: MaybeTime
  completed_at: MaybeTime
  published_at: MaybeTime
  updated_at: Time
  expires_at: MaybeTime
}
