import { isLive, maxWaitSeconds, type TaskView } from '@inferq/contracts'
import { InferqError } from './errors.ts'

export interface WaitOptions {
  timeoutMs?: number
  signal?: AbortSignal
}

type GetTask = (id: string, options: { wait: number; signal?: AbortSignal }) => Promise<TaskView>

/** Holds one request open after another until the task's run has ended. */
export async function waitForTask(
  get: GetTask,
  id: string,
  { timeoutMs = 300_000, signal }: WaitOptions = {},
): Promise<TaskView> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const askedAt = performance.now()
    const leftSeconds = Math.max(0, (deadline - askedAt) / 1000)
    // The API counts whole seconds; a wait that is longer than what is left would overstay.
    const wait = Math.min(Math.floor(leftSeconds), maxWaitSeconds)
    const task = await get(id, signal === undefined ? { wait } : { wait, signal })
    if (!isLive(task.status)) return task
    if (performance.now() >= deadline) {
      const message = `task ${id} is still ${task.status} after ${timeoutMs} ms`
      throw new InferqError({ status: 0, code: 'WAIT_TIMED_OUT', message })
    }
    // With less than a second left there is nothing to hold open; without this, that second would be a busy loop.
    const restMs = Math.min(100 - (performance.now() - askedAt), deadline - performance.now())
    if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs))
  }
}
