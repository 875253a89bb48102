import { createLogger } from '@inferq/telemetry'
import { buildApp } from './app.ts'
import { Closing } from './closing.ts'
import { type Config, readConfig } from './config.ts'
import { openServices } from './open-services.ts'

async function main(): Promise<void> {
  const config = readConfig(process.env)
  const log = createLogger({ name: 'api', ...config.log })
  const closing = new Closing((what, err) => log.error({ err, what }, 'not closed cleanly'))
  let ending = false
  const end = async (code: number) => {
    if (ending) return
    ending = true
    await closing.run()
    process.exit(code)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void end(0))

  try {
    const services = await openServices(config, log, closing)
    await announceFirstCredential(services.credentials, config)
    const { limits, corsOrigins, host, port } = config
    const app = await buildApp({ services, log, maxBodyBytes: limits.maxBodyBytes, corsOrigins })
    closing.add('http', () => within(config.shutdownGraceMs, app.close()))
    await app.listen({ host, port })
  } catch (err) {
    log.fatal({ err }, 'the api could not start')
    await end(1)
  }
}

async function announceFirstCredential(
  credentials: Awaited<ReturnType<typeof openServices>>['credentials'],
  { firstCredential: { accessKey, secretKey } }: Config,
): Promise<void> {
  const made = await credentials.bootstrap({ ...(accessKey ? { accessKey } : {}), ...(secretKey ? { secretKey } : {}) })
  // Whoever configured the key knows it; a made-up one is shown here and never again.
  if (!made || secretKey) return
  process.stdout.write(
    `\nThe first credential, shown this once:\n  access key  ${made.accessKey}\n  secret key  ${made.secretKey}\n\n`,
  )
}

const within = async (timeoutMs: number, work: Promise<void>) => {
  await Promise.race([work, new Promise((resolve) => setTimeout(resolve, timeoutMs).unref())])
}

await main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
