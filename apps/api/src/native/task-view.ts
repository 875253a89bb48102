import type { TaskView } from '@inferq/contracts'
import type { Task } from '@inferq/domain'
import { attemptsView } from './attempts-view.ts'
import type { Waiting } from './waiting.ts'

const iso = (date: Date | null) => date?.toISOString() ?? null

/** A task as the native API shows it, without what needs another look-up. */
export function taskView(task: Task, waiting: Waiting = { position: null, waits_for: null }): TaskView {
  return {
    id: task.id,
    number: task.number,
    name: task.name,
    job: task.job,
    status: task.status,
    status_reason: task.statusReason,
    status_message: task.statusMessage,
    queue: task.queue,
    priority: task.priority,
    tags: [...task.tags],
    run: task.run,
    ...waiting,
    attempts_allowed: task.attemptsAllowed,
    attempts: attemptsView(task),
    progress: task.progress,
    timings: {
      waiting_ms: waitedMs(task),
      preparing_ms: task.timings?.preparingMs ?? null,
      computing_ms: task.timings?.computingMs ?? null,
    },
    error: task.error,
    created_at: task.createdAt.toISOString(),
    queued_at: iso(task.queuedAt),
    started_at: iso(task.startedAt),
    completed_at: iso(task.completedAt),
    updated_at: task.updatedAt.toISOString(),
    expires_at: iso(task.expiresAt),
  }
}

/** From queued to the first start of the run; clocks of two machines may make it look negative. */
const waitedMs = ({ queuedAt, startedAt }: Task) =>
  queuedAt && startedAt ? Math.max(0, startedAt.getTime() - queuedAt.getTime()) : null
