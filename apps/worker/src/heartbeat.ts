import { hostname } from 'node:os'
import type { WorkerReport } from '@inferq/contracts'

type State = WorkerReport['state']
type Log = { warn(fields: object, message: string): void }

export interface HeartbeatOptions {
  readonly intervalMs: number
  readonly workerId: string
  readonly queues: readonly string[]
  readonly concurrency: number
  readonly runningIds: () => string[]
  readonly describeModels: () => WorkerReport['models']
  readonly readMachine: () => Promise<WorkerReport['machine']>
  readonly report: (report: WorkerReport) => Promise<void>
  readonly forget: () => Promise<void>
  readonly log: Log
}

export interface Heartbeat {
  /** Reports at once. */
  setState(state: State): void
  /** Strikes the worker off, so that nobody counts on it until its last report expires. */
  stop(): Promise<void>
}

/** Says again and again that this worker is there and what it does, from `starting` on. */
export function startHeartbeat(options: HeartbeatOptions): Heartbeat {
  const startedAt = Date.now()
  let state: State = 'starting'
  let beating: Promise<void> | undefined
  let isDue = false
  let isStopped = false

  /** One at a time: while Redis is away they must not pile up. */
  function beat(): void {
    isDue = true
    beating ??= (async () => {
      while (isDue && !isStopped) {
        isDue = false
        await sendReport()
      }
    })().finally(() => {
      beating = undefined
    })
  }

  async function sendReport(): Promise<void> {
    const { workerId, queues, concurrency, log } = options
    try {
      const machine = await options.readMachine()
      await options.report({
        v: 1,
        id: workerId,
        host: hostname(),
        pid: process.pid,
        state,
        queues: [...queues],
        concurrency,
        running: options.runningIds(),
        models: options.describeModels(),
        machine,
        startedAt,
        at: Date.now(),
      })
    } catch (error) {
      log.warn({ err: error }, 'heartbeat not sent')
    }
  }

  const timer = setInterval(beat, options.intervalMs)
  beat()
  return {
    setState(next) {
      state = next
      beat()
    },
    async stop() {
      isStopped = true
      clearInterval(timer)
      await beating
      await options.forget()
    },
  }
}
