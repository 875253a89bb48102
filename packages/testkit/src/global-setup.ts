import { killAll, runningProcesses } from './processes.ts'
import { startSharedServers } from './shared-servers.ts'

/** Vitest's global setup: one Redis and one Postgres for the whole run, and at its end proof that nothing stayed. */
export default async function setUp(): Promise<() => Promise<void>> {
  const stop = await startSharedServers((line) => console.log(line))
  return async () => {
    await stop()
    const left = runningProcesses()
    killAll()
    if (left.length > 0) throw new Error(`left running: ${left.map(({ name, pid }) => `${name} (${pid})`).join(', ')}`)
  }
}
