import { createCleanup, fired, listenForStopSignals, settingsOrExit } from '@inferq/service'
import { createLogger } from '@inferq/telemetry'
import { readConfig } from './config.ts'
import { openWorker } from './worker.ts'

const signals = listenForStopSignals()
const config = settingsOrExit(() => readConfig(process.env, process.argv.slice(2)))
const log = createLogger({ name: 'worker', ...config.log, fields: { worker: config.workerId } })
const cleanup = createCleanup(log)
let exitCode = 0

try {
  // A stop while models are still loading, which may take minutes, must not wait for them.
  const worker = await Promise.race([openWorker(config, log, cleanup), fired(signals.stop)])
  if (worker) {
    await fired(signals.stop)
    await worker.drain(signals.hurry)
  }
} catch (error) {
  log.fatal({ err: error }, 'worker could not start')
  exitCode = 1
}
await cleanup.run()
log.info({}, 'worker ended')
// What was left behind, such as a handler that does not listen, would keep the process alive.
process.exit(exitCode)
