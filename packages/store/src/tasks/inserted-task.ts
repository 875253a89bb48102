import type { Task, TaskDraft } from '@inferq/domain'

/** What the database decided about a draft. */
export interface Inserted {
  number: number
  createdAt: Date
}

/**
 * The task as it is right after its insert. Made from the draft, so that an insert need not send it back, and so that
 * a repeat with the same idempotency key is given the first answer again.
 */
export function insertedTask(draft: TaskDraft, { number, createdAt }: Inserted): Task {
  const { id, company, user, name, job, queue, priority, tags, attemptsAllowed, input, inputKey, traceparent } = draft
  const { expiresInSeconds } = draft
  return {
    id,
    number,
    company,
    user,
    name,
    job,
    status: 'queued',
    statusReason: '',
    statusMessage: '',
    queue,
    priority,
    tags,
    run: 1,
    step: 0,
    attemptsAllowed,
    input,
    inputKey,
    result: null,
    resultKey: null,
    error: null,
    progress: null,
    timings: null,
    worker: null,
    nextAttemptAt: null,
    traceparent,
    enqueueStatus: null,
    events: [{ type: 'queued', at: createdAt.getTime(), run: 1, status: 'queued' }],
    createdAt,
    queuedAt: createdAt,
    startedAt: null,
    completedAt: null,
    publishedAt: null,
    statusChangedAt: createdAt,
    updatedAt: createdAt,
    expiresAt: expiresInSeconds === null ? null : new Date(createdAt.getTime() + expiresInSeconds * 1_000),
  }
}
