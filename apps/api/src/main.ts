import { createCleanup, fired, listenForStopSignals, settingsOrExit } from '@inferq/service'
import { createLogger } from '@inferq/telemetry'
import { buildApp } from './app.ts'
import { readConfig } from './config.ts'
import { buildFilesApp } from './files-app.ts'
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
  const { limits, corsOrigins, trustedProxies, host, port, filesPort } = config
  const options = { services, log, maxBodyBytes: limits.maxBodyBytes, corsOrigins, trustedProxies }
  // The api is the last to listen: whoever sees it ready finds the files too.
  const servers = [
    ...(filesPort === null ? [] : [{ app: await buildFilesApp(options), port: filesPort }]),
    { app: await buildApp(options), port },
  ]
  // Together: each of them has the whole grace time for its requests.
  cleanup.add('http', () => Promise.all(servers.map(({ app }) => app.close())))
  for (const server of servers) await server.app.listen({ host, port: server.port })
}
