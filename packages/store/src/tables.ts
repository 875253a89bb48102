import type { TaskStatus } from '@inferq/contracts'
import type { Document, Role, ShownKind, TaskEvent } from '@inferq/domain'
import type { ColumnType, Generated } from 'kysely'

type Time = ColumnType<Date, Date | undefined, Date>
type MaybeTime = ColumnType<Date | null, Date | null | undefined, Date | null>
/** Written as JSON text, read as what it says. */
type MaybeJsonb = ColumnType<unknown, string | null | undefined, string | null>
type GeneratedJsonb<T> = ColumnType<T, string | undefined, string>
type MaybeDocument = ColumnType<Document | null, string | null | undefined, string | null>

/** The tables as Kysely sees them; migrations/ says what they are for. */
export interface Tables {
  companies: { id: string; name: string; created_at: Time }
  users: {
    id: string
    company: string
    name: string
    role: Generated<Role>
    email: string | null
    given_name: string | null
    family_name: string | null
    avatar: string | null
    created_at: Time
  }
  signing_keys: { name: string; key: Uint8Array; created_at: Time }
  revoked_sessions: { id: string; until: Date }
  credentials: {
    access_key: string
    secret_sha256: string
    company: string
    user_id: string
    name: string
    created_at: Time
    revoked_at: MaybeTime
    last_used_at: MaybeTime
    last_used_from: string | null
  }
  queues: {
    id: Generated<string>
    company: string
    name: string
    display_name: string | null
    is_default: Generated<boolean>
    paused: Generated<boolean>
    tags: Generated<string[]>
    system_tags: Generated<string[]>
    metadata: GeneratedJsonb<Document>
    created_at: Time
    updated_at: Time
  }
  queue_entries: { queue_id: string; task_id: string; position: Generated<string | number>; added_at: Time }
  queue_samples: { queue_id: string; at: Date; average_wait: number; entries: number }
  worker_samples: {
    company: string
    worker: string
    at: Date
    metric: string
    variant: string
    value: number
    task: string | null
  }
  projects: {
    id: Generated<string>
    company: string
    user_id: string
    name: string
    description: Generated<string>
    tags: Generated<string[]>
    system_tags: Generated<string[]>
    default_output_destination: string | null
    parent: string | null
    created_at: Time
    updated_at: Time
  }
  models: {
    id: string
    company: string
    user_id: string
    name: string
    uri: string
    framework: string | null
    task: string | null
    parent: string | null
    project: string | null
    ready: Generated<boolean>
    labels: GeneratedJsonb<Document>
    design: GeneratedJsonb<Document>
    tags: Generated<string[]>
    system_tags: Generated<string[]>
    comment: Generated<string>
    metadata: GeneratedJsonb<Document>
    ui_cache: MaybeDocument
    last_iteration: Generated<number | string>
    last_metrics: MaybeDocument
    created_at: Time
    updated_at: Time
  }
  event_streams: {
    id: Generated<number | string>
    company: string
    subject: string
    lines: Generated<number | string>
    added_at: Time
    dropped_at: MaybeTime
  }
  log_lines: {
    stream: number
    at: number
    number: Generated<number | string>
    worker: string
    level: string
    message: string
  }
  scalar_series: {
    id: Generated<number | string>
    stream: number
    metric: string
    variant: string
    points: number
    first_iteration: number
    last_iteration: number
    first_at: number
    last_at: number
    repeated_from: number | null
    repeated_to: number | null
    longest_span: number
    tail: Uint8Array
  }
  scalar_chunks: { series: number; number: number; first_at: number; last_at: number; points: Uint8Array }
  shown_series: { id: Generated<number | string>; stream: number; kind: ShownKind; metric: string; variant: string }
  shown_events: {
    series: number
    iteration: number
    at: number
    worker: string
    content: ColumnType<Document, string>
    key: Generated<string>
  }
  tasks: TasksTable
  file_usage: { company: string; bytes: Generated<number | string> }
  stored_files: { company: string; path: string; size: number | string; stored_at: Date }
  assets: {
    id: string
    company: string
    filename: string | null
    content_type: string | null
    size_bytes: number | string | null
    path: string | null
    url: string | null
    created_at: Time
  }
  recognition_networks: { id: Generated<number>; company: string; name: string; created_at: Time }
  recognition_specs: {
    id: Generated<number>
    company: string
    name: string
    description: string
    metadata: ColumnType<Document, string, string>
    outputs: ColumnType<Document[], string>
    current_version: number | null
    created_at: Time
    updated_at: Time
  }
  recognition_versions: {
    id: Generated<number>
    company: string
    spec: number
    network: number
    post_processings: ColumnType<Document[], string>
    created_at: Time
  }
  unneeded_files: { company: string; path: string; noted_at: Time; claimed_until: MaybeTime }
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
  status_reason: Generated<string>
  status_message: Generated<string>
  status_changed_at: MaybeTime
  queue_id: string | null
  priority: number
  tags: string[]
  run: number
  step: Generated<number>
  attempts_allowed: number
  /** Read with `::text`: neither driver may parse it on the way through. */
  input: unknown
  input_key: string | null
  result: unknown
  result_key: string | null
  error: MaybeJsonb
  progress: MaybeJsonb
  timings: MaybeJsonb
  worker: string | null
  next_attempt_at: MaybeTime
  traceparent: string | null
  enqueue_status: TaskStatus | null
  events: GeneratedJsonb<TaskEvent[]>
  created_at: Time
  queued_at: MaybeTime
  started_at: MaybeTime
  completed_at: MaybeTime
  published_at: MaybeTime
  updated_at: Time
  expires_at: MaybeTime
  type: Generated<string>
  comment: string | null
  project: string | null
  parent: string | null
  system_tags: Generated<string[]>
  script: MaybeDocument
  execution: MaybeDocument
  container: MaybeDocument
  models: MaybeDocument
  output: MaybeDocument
  hyperparams: MaybeDocument
  configuration: MaybeDocument
  runtime: MaybeDocument
  last_metrics: MaybeDocument
  last_iteration: Generated<string | number>
  active_seconds: number | null
  worker_reported_at: MaybeTime
  edited_at: MaybeTime
  changed_by: string | null
  company_origin: string | null
  lease_until: MaybeTime
  taken_by: string | null
  withdrawn: Generated<boolean>
}
