import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { DomainError } from '@inferq/domain'

/**
 * Takes a folder for this process by a file beside it, and returns how to give it back. Two processes on one embedded
 * database would ruin it without a word.
 */
export async function holdFolder(folder: string): Promise<() => void> {
  const path = `${folder}.pid`
  const holder = readPid(path)
  // Our own number is left over from before a restart: a container's first process always has the same one.
  if (holder !== null && holder !== process.pid && isRunning(holder)) {
    throw new DomainError(
      'STORE_UNREACHABLE',
      `process ${holder} uses the embedded database; stop it, or remove ${path} if it is another program`,
    )
  }
  writeFileSync(path, `${process.pid}\n`)
  return () => rmSync(path, { force: true })
}

function readPid(path: string): number | null {
  try {
    return Number.parseInt(readFileSync(path, 'utf8'), 10) || null
  } catch {
    return null
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
