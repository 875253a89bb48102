import { spawnSync } from 'node:child_process'

/**
 * A command that the kernel signals when this process dies, even by SIGKILL: what no exit handler can do. Linux with
 * util-linux only; elsewhere the command comes back as it is, and a killed parent leaves its servers behind.
 */
export function dieWithParent(command: readonly string[], signal: NodeJS.Signals): readonly string[] {
  return canTie() ? ['setpriv', '--pdeathsig', signal.slice('SIG'.length), '--', ...command] : command
}

let known: boolean | undefined

function canTie(): boolean {
  known ??= process.platform === 'linux' && spawnSync('setpriv', ['--pdeathsig', 'KILL', '--', 'true']).status === 0
  return known
}
