import { isLive, type TaskEventView, type TaskId } from '@inferq/contracts'
import type { Task, TaskEvent } from '@inferq/domain'
import type { Services } from '../../services.ts'

/**
 * Everything that happens to a task, from the event after `seen` on, until its run has ended. Yields null now and then
 * when nothing happens. Progress is not kept, so its events carry the id of the last kept one: resuming after it
 * misses nothing.
 */
export async function* followTask(
  { operations, changes }: Pick<Services, 'operations' | 'changes'>,
  { company, id, seen }: { company: string; id: TaskId; seen: number },
): AsyncGenerator<TaskEventView | null> {
  let progress: string | null = null
  for (;;) {
    const listening = new AbortController()
    const changed = changes.next(id, Number.POSITIVE_INFINITY, listening.signal)
    try {
      // Not found: deleted while it was watched.
      const task = await operations.findTask(company, id).catch(() => null)
      if (!task) return
      for (; seen < task.events.length; seen++) yield eventView(task.events[seen] as TaskEvent, seen + 1)
      const now = JSON.stringify(task.progress)
      if (task.status === 'in_progress' && task.progress && now !== progress) yield progressEvent(task, seen)
      progress = now
      if (!isLive(task.status) || changes.isClosed) return
      yield null
      await changed
    } finally {
      listening.abort()
    }
  }
}

const eventView = (event: TaskEvent, id: number): TaskEventView => ({
  id,
  type: event.type,
  at: new Date(event.at).toISOString(),
  run: event.run,
  status: event.status,
  ...(event.attempt === undefined ? {} : { attempt: event.attempt }),
  ...(event.worker === undefined ? {} : { worker: event.worker }),
  ...(event.error === undefined ? {} : { error: event.error }),
  ...(event.nextAttemptAt === undefined ? {} : { next_attempt_at: new Date(event.nextAttemptAt).toISOString() }),
  ...(event.reason === undefined ? {} : { reason: event.reason }),
})

const progressEvent = ({ run, status, progress, updatedAt }: Task, id: number): TaskEventView => ({
  id,
  type: 'progress',
  at: updatedAt.toISOString(),
  run,
  status,
  ...(progress ? { progress } : {}),
})
