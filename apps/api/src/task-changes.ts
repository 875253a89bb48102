import type { TaskId } from '@inferq/contracts'
import { isLive } from '@inferq/contracts'
import type { Operations, Task } from '@inferq/domain'

/** How long a waiter trusts in hints before it looks for itself: a lost hint costs this much. */
const lookAgainMs = 1_000

/**
 * Wakes those who wait for a task to change. Hints come from every api instance through Redis; they may be lost, so a
 * waiter also looks at the record now and then.
 */
export class TaskChanges {
  readonly #waiting = new Map<TaskId, Set<() => void>>()

  notify(taskId: TaskId): void {
    for (const wake of this.#waiting.get(taskId) ?? []) wake()
  }

  /** Resolves at the next hint, or when it is time to look, whichever comes first. */
  async next(taskId: TaskId, timeoutMs: number, signal?: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const waiters = this.#waiting.get(taskId) ?? new Set()
    this.#waiting.set(taskId, waiters.add(resolve))
    const timer = setTimeout(resolve, Math.min(timeoutMs, lookAgainMs))
    signal?.addEventListener('abort', () => resolve(), { once: true })
    await promise
    clearTimeout(timer)
    waiters.delete(resolve)
    if (waiters.size === 0) this.#waiting.delete(taskId)
  }

  /** Holds on until the task's run has ended or the time is up; answers with the task as it is then. */
  async untilEnded(operations: Operations, company: string, id: TaskId, timeoutMs: number): Promise<Task> {
    const giveUpAt = Date.now() + timeoutMs
    for (;;) {
      // Listen before looking, or a change between the two would be missed.
      const listening = new AbortController()
      const changed = this.next(id, giveUpAt - Date.now(), listening.signal)
      const task = await operations.findTask(company, id).catch((error) => {
        listening.abort()
        throw error
      })
      if (!isLive(task.status) || Date.now() >= giveUpAt) {
        listening.abort()
        return task
      }
      await changed
    }
  }
}
