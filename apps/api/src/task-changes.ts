import { isLive, type TaskId } from '@inferq/contracts'
import type { Operations, Task } from '@inferq/domain'

/** How long a waiter trusts in hints before it looks for itself: a lost hint costs this much. */
const lookAgainMs = 5_000

/**
 * Wakes those who wait for a task to change. Hints come from every api instance through Redis; they may be lost, so a
 * waiter also looks at the record now and then.
 */
export class TaskChanges {
  readonly #waiting = new Map<TaskId, Set<() => void>>()
  readonly #closing = new AbortController()

  notify(taskId: TaskId): void {
    for (const wake of this.#waiting.get(taskId) ?? []) wake()
  }

  /** True once nobody should wait any more, since the api is about to end. */
  get isClosed(): boolean {
    return this.#closing.signal.aborted
  }

  /** Sends everyone home who waits. */
  close(): void {
    this.#closing.abort()
    for (const waiters of this.#waiting.values()) for (const wake of waiters) wake()
  }

  /** Resolves at the next hint, or when it is time to look, whichever comes first. */
  async next(taskId: TaskId, timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.isClosed) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const waiters = this.#waiting.get(taskId) ?? new Set()
    this.#waiting.set(taskId, waiters.add(resolve))
    const timer = setTimeout(resolve, Math.min(timeoutMs, lookAgainMs))
    const wake = () => resolve()
    signal.addEventListener('abort', wake, { once: true })
    await promise
    clearTimeout(timer)
    signal.removeEventListener('abort', wake)
    waiters.delete(resolve)
    if (waiters.size === 0) this.#waiting.delete(taskId)
  }

  /** Holds on until the task's run has ended, the time is up or the caller is gone; answers with the task as it is then. */
  async untilEnded(
    operations: Operations,
    { company, id, timeoutMs, signal }: { company: string; id: TaskId; timeoutMs: number; signal: AbortSignal },
  ): Promise<Task> {
    const giveUpAt = Date.now() + timeoutMs
    for (;;) {
      // Listen before looking, or a change between the two would be missed.
      const listening = new AbortController()
      const changed = this.next(id, giveUpAt - Date.now(), AbortSignal.any([listening.signal, signal]))
      try {
        const task = await operations.findTask(company, id)
        if (!isLive(task.status) || Date.now() >= giveUpAt || signal.aborted || this.isClosed) return task
        await changed
      } finally {
        listening.abort()
      }
    }
  }
}
