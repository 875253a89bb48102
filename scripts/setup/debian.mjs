import { join } from 'node:path'
import { findProgram } from './programs.mjs'
import { runQuietly } from './steps.mjs'

const script = join(import.meta.dirname, 'install-debian-packages.sh')

/**
 * Installs Debian packages where that is possible without asking anyone: as root, or with a sudo that needs no
 * password. Answers whether it did.
 *
 * @param {readonly string[]} names
 */
export async function installDebianPackages(names) {
  if (process.platform !== 'linux' || findProgram('apt-get') === null) return false
  if (process.getuid?.() === 0) {
    await runQuietly('sh', [script, ...names])
    return true
  }
  const maySudo = await runQuietly('sudo', ['-n', 'true']).then(
    () => true,
    () => false,
  )
  if (maySudo) await runQuietly('sudo', ['-n', 'sh', script, ...names])
  return maySudo
}
