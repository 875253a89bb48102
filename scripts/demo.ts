import { randomBytes } from 'node:crypto'
import { join, resolve } from 'node:path'
import { createClient } from '@inferq/client'
import { freePort, tempDir } from '@inferq/testkit'
import { scenes } from './lib/demo-scenes.ts'
import { orStopped, Stopped, stopSignal } from './lib/stop-signals.ts'
import { type System, startSystem } from './lib/system.ts'

// `npm run demo`: the whole system on a free port and a temporary folder, a few tasks, and nothing left behind.

const { INFERQ_MODELS_DIR, INFERQ_DATA_DIR } = process.env
const accessKey = 'demo'
const secretKey = randomBytes(24).toString('base64url')
const stopping = stopSignal()
const dataDir = await tempDir('demo')
let system: System | undefined

try {
  const startedAt = Date.now()
  system = await startSystem({
    host: '127.0.0.1',
    port: await freePort(),
    dataDir: dataDir.path,
    secretKey: () => secretKey,
    signal: stopping,
    env: {
      DATABASE_URL: '',
      INFERQ_FILES_DIR: '',
      // Made once and kept: the demo's own folder is thrown away.
      INFERQ_MODELS_DIR: resolve(INFERQ_MODELS_DIR || join(INFERQ_DATA_DIR || '.inferq', 'models')),
      INFERQ_ACCESS_KEY: accessKey,
      INFERQ_SECRET_KEY: secretKey,
      LOG_LEVEL: 'warn',
    },
  })
  console.log(`  Redis, api and worker: up (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`)

  const client = createClient({
    ...{ baseUrl: system.url, secretKey },
    // A request that is held open would make the api wait for us while we wait for it.
    fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.any([stopping, init?.signal ?? stopping]) }),
  })
  const server = { url: system.url, accessKey, secretKey }
  const broken = system.broken.then((message) => Promise.reject(new Error(message)))
  for (const { title, play } of scenes) {
    console.log(`\n${title}`)
    await orStopped(Promise.race([play(client, (line) => console.log(`  ${line}`), server), broken]), stopping)
  }
  console.log('\nThat was Inferq. `npm start` keeps it running.')
} catch (error) {
  process.exitCode = error instanceof Stopped ? 130 : 1
  console.error(error instanceof Stopped ? '\nstopping ...' : `\nthe demo failed: ${(error as Error).message}`)
} finally {
  await system?.stop()
  dataDir.remove()
}
process.exit()
