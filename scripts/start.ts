import { resolve } from 'node:path'
import { checkPort } from './lib/port.ts'
import { orStopped, Stopped, stopSignal } from './lib/stop-signals.ts'
import { type System, startSystem } from './lib/system.ts'

const { HOST, PORT, INFERQ_DATA_DIR, INFERQ_SECRET_KEY, LOG_PRETTY } = process.env
const host = HOST || '127.0.0.1'
const port = Number(PORT || 8008)
const dataDir = resolve(INFERQ_DATA_DIR || '.inferq')

let secretKey = INFERQ_SECRET_KEY || undefined

/** Passes on what the apps say. The api says its first credential once, and it is the only one who knows it. */
function relay(_service: string, line: string) {
  secretKey ??= /^\s*secret key\s+(\S+)/.exec(line)?.[1]
  console.log(line)
}

const curl = (url: string) => `
  Inferq is up. Ctrl-C stops it; what it was given stays in ${dataDir}.

  API            ${url}/v1
  Documentation  ${url}/docs
  Metrics        ${url}/metrics

  Try it:

  curl -s ${url}/v1/tasks \\
    -H 'authorization: Bearer ${secretKey ?? '<the secret key of the first start>'}' \\
    -H 'content-type: application/json' -H 'prefer: wait=30' \\
    -d '{"job": "embed.text", "input": {"texts": ["a task for a model"]}}'
`

const stopping = stopSignal()
let system: System | undefined
try {
  await checkPort(host, port)
  const env = { LOG_PRETTY: LOG_PRETTY || String(process.stdout.isTTY === true) }
  system = await startSystem({
    ...{ host, port, dataDir, env, signal: stopping },
    onLine: relay,
    secretKey: () => secretKey,
  })
  console.log(curl(system.url))
  const broken = await orStopped(system.broken, stopping)
  console.error(broken)
  process.exitCode = 1
} catch (error) {
  if (!(error instanceof Stopped)) {
    console.error(`\n${(error as Error).message}`)
    process.exitCode = 1
  }
} finally {
  if (stopping.aborted) console.log('\nstopping ...')
  await system?.stop()
}
process.exit()
