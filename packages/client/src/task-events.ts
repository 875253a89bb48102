import { isLive, type TaskEventView, type TaskView } from '@inferq/contracts'
import { InferqError } from './errors.ts'
import { readEvents } from './server-sent-events.ts'
import type { Transport } from './transport.ts'

export interface EventsOptions {
  /** Go on after this event: the `id` of the last one that was seen. All events of the task when absent. */
  lastEventId?: number
  signal?: AbortSignal
}

const mostFailuresInARow = 10
const longestPauseMs = 10_000

/**
 * What happens to a task, from its first event to the end of its run. A connection that breaks is opened again and goes
 * on after the last event, so none is missed and none comes twice; it gives up after ten failures in a row.
 */
export async function* taskEvents(
  transport: Transport,
  id: string,
  { lastEventId, signal }: EventsOptions = {},
): AsyncGenerator<TaskEventView> {
  let pauseMs = 1_000
  let failures = 0
  for (;;) {
    try {
      const headers: Record<string, string> = { accept: 'text/event-stream' }
      if (lastEventId !== undefined) headers['last-event-id'] = String(lastEventId)
      const response = await transport.stream(`/tasks/${id}/events`, { headers, signal })
      if (response.body === null) return
      for await (const { data } of readEvents(response.body, (retryMs) => (pauseMs = retryMs))) {
        const event = JSON.parse(data) as TaskEventView
        failures = 0
        lastEventId = event.id
        yield event
        if (!isLive(event.status)) return
      }
      // Ended without a last event: a proxy's time limit, or a task that had ended before.
      const task = await transport.json<TaskView>(`/tasks/${id}`, { signal })
      if (!isLive(task.status)) return
    } catch (error) {
      if (signal?.aborted) throw signal.reason
      if (isRefusal(error) || ++failures > mostFailuresInARow) throw error
    }
    await pause(Math.min(pauseMs * 2 ** Math.max(0, failures - 1), longestPauseMs), signal)
  }
}

/** An answer that asking again will not change. */
const isRefusal = (error: unknown) =>
  error instanceof InferqError && error.status >= 400 && error.status < 500 && error.status !== 429

function pause(durationMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, durationMs)
    signal?.addEventListener('abort', stop, { once: true })
  })
}
