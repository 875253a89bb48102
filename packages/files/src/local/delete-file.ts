import { lstat, rmdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { hasCode, missing } from './error-codes.ts'
import type { Place } from './places.ts'

/** Deletes the file, if there is one, and the folders that hold nothing any more, but for the topmost. */
export async function deleteFile(place: Place): Promise<void> {
  if (!(await place.isWithinRoot()) || !(await unlinkIfThere(place.path))) return
  const { root, folders } = place
  for (let depth = folders.length; depth > 1; depth--) {
    if (!(await removeEmpty(join(root, ...folders.slice(0, depth))))) return
  }
}

async function unlinkIfThere(path: string): Promise<boolean> {
  try {
    if ((await lstat(path)).isDirectory()) return false
    await unlink(path)
    return true
  } catch (error) {
    if (hasCode(error, missing)) return false
    throw error
  }
}

async function removeEmpty(path: string): Promise<boolean> {
  try {
    await rmdir(path)
    return true
  } catch {
    // It holds other files, or a writer is faster: either way it stays.
    return false
  }
}
