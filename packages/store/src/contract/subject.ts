import type { TaskId } from '@inferq/contracts'
import type { CreatedTask, InsertedTask, OutcomePatch, Task, TaskDraft } from '@inferq/domain'
import type { Store } from '../open-store.ts'
import type { Db } from '../server/server.ts'

/** What a suite of the contract works on: one store over one empty, migrated database. */
export interface Subject {
  readonly store: Store
  readonly db: Db
  /** Another store over the same database, as in another process: it remembers nothing of the first. */
  another(maxQueuesPerCompany?: number): Store
}

export type Suite = (subject: Subject) => void

export const company = '0000000000000000000000000000aaaa'
export const foreignCompany = '0000000000000000000000000000bbbb'

let made = 0

/** Ids that sort in the order in which they are made. */
export const nextId = (): TaskId => `019${(made++).toString(16).padStart(9, '0')}`.padEnd(32, '7')

export const draft = (changes: Partial<TaskDraft> = {}): TaskDraft => ({
  id: nextId(),
  company,
  user: 'user',
  name: 'embed.text',
  job: 'embed.text',
  queue: 'default',
  priority: 100,
  tags: [],
  attemptsAllowed: 3,
  input: '{"texts":["a"]}',
  inputKey: null,
  traceparent: null,
  expiresInSeconds: null,
  idempotency: null,
  ...changes,
})

/** A task that agents are to run, made and not yet enqueued. */
export const creation = (changes: Partial<CreatedTask> = {}): CreatedTask => ({
  id: nextId(),
  company,
  user: 'user',
  name: 'a training',
  type: 'training',
  job: null,
  tags: [],
  attemptsAllowed: 1,
  input: null,
  inputKey: null,
  ...changes,
})

export function taskIn(answer: InsertedTask | undefined): Task {
  if (answer?.kind !== 'inserted' && answer?.kind !== 'replayed') throw new Error(`no task but ${answer?.kind}`)
  return answer.task
}

export async function insertOne(store: Store, changes: Partial<TaskDraft> = {}): Promise<Task> {
  const [answer] = await store.tasks.insertTasks([draft(changes)])
  return taskIn(answer)
}

const startedAt = Date.UTC(2026, 0, 2, 3, 4, 5, 678)

/** The patch of an attempt that has started. */
export const patch = (task: Pick<Task, 'id' | 'run'>, changes: Partial<OutcomePatch> = {}): OutcomePatch => ({
  taskId: task.id,
  run: task.run,
  step: 2,
  repeatable: false,
  wins: false,
  status: 'in_progress',
  statusReason: '',
  worker: 'worker-1',
  startedAt,
  progress: null,
  error: null,
  nextAttemptAt: null,
  result: null,
  resultKey: null,
  timings: null,
  events: [{ type: 'started', at: startedAt, run: task.run, status: 'in_progress', attempt: 1, worker: 'worker-1' }],
  ...changes,
})

export const succeeded = (task: Pick<Task, 'id' | 'run'>, changes: Partial<OutcomePatch> = {}): OutcomePatch =>
  patch(task, {
    step: 3,
    wins: true,
    status: 'completed',
    result: '{"ok":true}',
    timings: { preparingMs: 1, computingMs: 2 },
    events: [{ type: 'succeeded', at: startedAt + 5, run: task.run, status: 'completed', attempt: 1 }],
    ...changes,
  })

export const failed = (task: Pick<Task, 'id' | 'run'>, changes: Partial<OutcomePatch> = {}): OutcomePatch =>
  patch(task, {
    step: 3,
    status: 'failed',
    statusReason: 'it broke',
    error: { code: 'HANDLER_FAILED', message: 'it broke' },
    events: [{ type: 'failed', at: startedAt + 5, run: task.run, status: 'failed', attempt: 1 }],
    ...changes,
  })
