import { createCleanup, fired, listenForStopSignals, settingsOrExit } from '@inferq/service'
import { createLogger } from '@inferq/telemetry'
import { buildApp } from './app.ts'
import { readConfig } from './config.ts'
import { announceFirstCredential } from './first-credential.ts'
import { openServices } from './open-services.ts'

const signals = listenForStopSignals()
const config = settingsOrExit(() => readConfig(process.env))
const log = createLogger({ name: 'api', ...config.log })
const cleanup = createCleanup(log, config.shutdownGraceMs)
let exitCode = 0

try {
  await Promise.race([serve(), fired(signals.stop)])
  await fired(signals.stop)
} catch (error) {
  log.fatal({ err: error }, 'api could not start')
  exitCode = 1
}
await cleanup.run()
process.exit(exitCode)

async function serve(): Promise<void> {
  const services = await openServices(config, log, cleanup)
  await announceFirstCredential(services.credentials, config.firstCredential)
  const { limits, corsOrigins, host, port } = config
  const app = await buildApp({ services, log, maxBodyBytes: limits.maxBodyBytes, corsOrigins })
  cleanup.add('http', () => app.close())
  await app.listen({ host, port })
}
