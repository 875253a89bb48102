import type { AttemptView } from '@inferq/contracts'
import type { Task, TaskEvent } from '@inferq/domain'

const time = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString())

const endedAs = {
  succeeded: 'succeeded',
  failed: 'failed',
  retrying: 'failed',
  stopped: 'stopped',
} as const satisfies Partial<Record<TaskEvent['type'], AttemptView['state']>>

/** The attempts of all runs, told by the task's events. One that never reported its end was lost with its worker. */
export function attemptsView({ events, run, status }: Pick<Task, 'events' | 'run' | 'status'>): AttemptView[] {
  const attempts = new Map<string, AttemptView>()
  for (const event of events) {
    if (event.attempt === undefined) continue
    const key = `${event.run}-${event.attempt}`
    const attempt = attempts.get(key) ?? started(event)
    const state = endedAs[event.type as keyof typeof endedAs]
    attempts.set(key, state ? { ...attempt, ...ended(event, state) } : attempt)
  }
  const list = [...attempts.values()]
  return list.map((attempt, index) => {
    const isLatest = index === list.length - 1 && attempt.run === run && status === 'in_progress'
    return attempt.state === 'running' && !isLatest ? { ...attempt, state: 'lost' } : attempt
  })
}

const started = ({ run, attempt = 0, worker = '', startedAt, at }: TaskEvent): AttemptView => ({
  run,
  attempt,
  state: 'running',
  worker,
  started_at: new Date(startedAt ?? at).toISOString(),
  ended_at: null,
  error: null,
  next_attempt_at: null,
})

const ended = ({ at, error, nextAttemptAt }: TaskEvent, state: AttemptView['state']) => ({
  // An attempt that a leaving worker gave back did not fail.
  state: error?.code === 'WORKER_SHUTDOWN' ? ('lost' as const) : state,
  ended_at: new Date(at).toISOString(),
  error: error ?? null,
  next_attempt_at: time(nextAttemptAt),
})
