#!/usr/bin/env node
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { installDependencies, pinnedNode } from './setup/dependencies.mjs'
import { prepareModels } from './setup/models.mjs'
import { ensurePostgres } from './setup/postgres.mjs'
import { ensureRedis } from './setup/redis.mjs'
import { runSteps, SetupError } from './setup/steps.mjs'

// What `npm run demo|start|bench` and `npm test` call. It runs under the machine's own Node (20 or newer), gets what is
// missing, and hands over to the pinned Node.

const root = resolve(import.meta.dirname, '..')
const [verb, ...args] = process.argv.slice(2)
const needsPostgres = { demo: false, start: false, test: true, bench: true }

if (!verb || !Object.hasOwn(needsPostgres, verb)) {
  console.error(`usage: node scripts/run.mjs <${Object.keys(needsPostgres).join('|')}> [arguments]`)
  process.exit(2)
}

const steps = [
  { title: 'dependencies', run: () => installDependencies(root) },
  { title: 'Redis', run: () => ensureRedis({ mayUseUrl: verb === 'demo' || verb === 'start' }) },
  ...(needsPostgres[verb] ? [{ title: 'Postgres', run: ensurePostgres }] : []),
  { title: 'default models', run: () => prepareModels(root) },
]

try {
  // With --json, standard output belongs to the answer.
  await runSteps(steps, args.includes('--json') ? process.stderr : process.stdout)
} catch (error) {
  console.error(error instanceof SetupError ? `\nset-up failed\n\n${error.message}` : error)
  process.exit(1)
}
handOver()

function handOver() {
  const endWithParent = resolve(root, 'packages/testkit/src/end-with-parent.ts')
  const child = spawn(pinnedNode(root), ['--import', endWithParent, resolve(root, 'scripts', `${verb}.ts`), ...args], {
    cwd: root,
    // The programs that it starts find their sources stripped and compiled, and load in half the time.
    env: { NODE_COMPILE_CACHE: resolve(root, 'node_modules/.cache/node'), ...process.env },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    // A group of its own: Ctrl-C reaches it through us alone, so once.
    detached: true,
  })
  forwardSignals(child)
  child.on('error', (error) => {
    console.error(error.message)
    process.exit(1)
  })
  child.on('exit', (code, signal) =>
    process.exit(code ?? 128 + (signal === 'SIGINT' ? 2 : signal === 'SIGTERM' ? 15 : 9)),
  )
}

/** @param {import('node:child_process').ChildProcess} child */
function forwardSignals(child) {
  let lastAt = 0
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      // The terminal signals us and npm, and npm passes it on: the same Ctrl-C twice.
      if (Date.now() - lastAt < 500) return
      lastAt = Date.now()
      child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal)
    })
  }
}
