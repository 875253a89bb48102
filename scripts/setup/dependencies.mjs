import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runQuietly, SetupError } from './steps.mjs'

const stampPath = 'node_modules/.inferq-setup'
const stampedFiles = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json']

/** Installs exactly what the lockfile says, unless that was the last thing done here. @param {string} root */
export async function installDependencies(root) {
  const stamp = stampOf(root)
  if (readIfThere(join(root, stampPath)) === stamp && existsSync(pinnedNode(root))) return null
  const { packageManager } = manifest(root)
  const args = ['--yes', packageManager, 'install', '--frozen-lockfile']
  // CI: never ask; there may be nobody at the terminal.
  await runQuietly('npx', args, { cwd: root, env: { ...process.env, CI: 'true' } })
  await checkPinnedNode(root)
  writeFileSync(join(root, stampPath), stamp)
  return `installed with ${packageManager}`
}

/** The Node that everything runs under, whatever the machine's own is. @param {string} root */
export const pinnedNode = (root) => join(root, 'node_modules', 'node', 'bin', 'node')

/** @param {string} root */
async function checkPinnedNode(root) {
  const wanted = `v${manifest(root).devDependencies.node}`
  const found = await runQuietly(pinnedNode(root), ['--version']).catch((error) => String(error.message))
  if (found.trim() === wanted) return
  throw new SetupError(
    `the pinned Node ${wanted} does not run here (${found.trim()}).\n` +
      'Its package comes with a binary for glibc Linux, macOS and Windows; Alpine is not supported.',
  )
}

/** @param {string} root */
function stampOf(root) {
  const hash = createHash('sha256')
  for (const file of stampedFiles) hash.update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

/** @param {string} root */
const manifest = (root) => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** @param {string} path */
const readIfThere = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : null)
