import { lstat, mkdir, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { hasCode } from './error-codes.ts'

/**
 * Makes what is missing of the folders below the root, one by one: a symbolic link among them is refused before
 * anything is made behind it. False: a file stands where a folder should be.
 */
export async function makeFolders(root: string, names: readonly string[]): Promise<boolean> {
  await mkdir(root, { recursive: true })
  let path = root
  for (const name of names) {
    path = join(path, name)
    const found = await lstat(path).catch(unlessMissing)
    if (found?.isSymbolicLink()) throw new Error(`${path} is a symbolic link, which is not followed`)
    if (found && !found.isDirectory()) return false
    if (!found) await makeFolder(path)
  }
  return true
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path)
  } catch (error) {
    // Another writer made it meanwhile.
    if (!hasCode(error, ['EEXIST'])) throw error
  }
  await syncFolder(dirname(path))
}

/** Without it a new name in the folder may be lost with the power. Not every system lets a folder be opened. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function unlessMissing(error: unknown): null {
  if (hasCode(error, ['ENOENT'])) return null
  throw error
}
