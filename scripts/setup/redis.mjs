import { installDebianPackages } from './debian.mjs'
import { findProgram } from './programs.mjs'
import { runQuietly, SetupError } from './steps.mjs'

const oldestMajor = 7

/** Sees to it that a Redis server can be started here. @param {{ mayUseUrl: boolean }} options */
export async function ensureRedis({ mayUseUrl }) {
  if (mayUseUrl && process.env.REDIS_URL) return null
  if (find() !== null) return checkVersion()
  const installed = await installDebianPackages(['redis-server'])
  if (find() === null) throw new SetupError(adviceWith('no redis-server or valkey-server here'))
  await checkVersion()
  return installed ? "installed Debian's redis-server, as a program only: no service runs" : null
}

const find = () => findProgram('redis-server') ?? findProgram('valkey-server')

async function checkVersion() {
  const version = await runQuietly(/** @type {string} */ (find()), ['--version'])
  const major = Number(/v=(\d+)/.exec(version)?.[1] ?? oldestMajor)
  if (major < oldestMajor)
    throw new SetupError(adviceWith(`Redis ${major} is too old: ${oldestMajor} or newer is needed`))
  return null
}

/** @param {string} problem */
const adviceWith = (problem) => `${problem}. One of these helps:

  Debian, Ubuntu   sudo apt-get install redis-server
  Fedora, RHEL     sudo dnf install valkey
  macOS            brew install redis
  Docker           docker run -d -p 6379:6379 redis:7 redis-server --appendonly yes --maxmemory-policy noeviction
                   export REDIS_URL=redis://127.0.0.1:6379   (demo and start; the tests kill servers of their own)
`
