import type { ManagedProcess } from './processes.ts'
import { until } from './until.ts'

/** Waits until a server that was just started answers, or fails at once with its last words when it has ended. */
export async function untilReady(
  server: ManagedProcess,
  answers: () => Promise<boolean>,
  timeoutMs = 60_000,
): Promise<void> {
  const state = await until(async () => (server.isRunning() ? (await answers()) && 'ready' : 'ended'), {
    what: `${server.name} to answer`,
    timeoutMs,
  })
  if (state === 'ready') return
  const { code, signal } = await server.exited
  throw new Error(`${server.name} ended at its start with ${signal ?? `code ${code}`}:\n${server.tail()}`)
}
