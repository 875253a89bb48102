import { realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { hasCode, missing } from './error-codes.ts'

/** Where the file of a key is, or will be. */
export interface Place {
  root: string
  /** The names from the root down to the folder of the file. */
  folders: readonly string[]
  path: string
  /** On the same file system as the file, as far as a mount is one of the root or of a folder right below it. */
  unfinishedFolder: string
  /** False where a symbolic link below the root leads away from it, and where there is no such folder. */
  isWithinRoot(): Promise<boolean>
}

/** Keys cannot begin with a dot, so nobody can ask for a file that is being written. */
const unfinishedName = '.unfinished'

export function createPlaces(root: string): { of(key: string): Place } {
  let knownRoot: string | undefined
  return {
    of(key) {
      const names = namesIn(key)
      const folders = names.slice(0, -1)
      const path = join(root, ...names)
      return {
        ...{ root, folders, path },
        unfinishedFolder: join(root, ...folders.slice(0, 1), unfinishedName),
        async isWithinRoot() {
          try {
            knownRoot ??= await realpath(root)
            return (await realpath(dirname(path))) === join(knownRoot, ...folders)
          } catch (error) {
            if (hasCode(error, missing)) return false
            throw error
          }
        },
      }
    },
  }
}

const maxNameLength = 200
const name = /^[A-Za-z0-9_%-][A-Za-z0-9._%-]*$/

/** Says what a key may be rather than what it may not: nothing that a file system reads as a way out of the folder. */
function namesIn(key: string): string[] {
  const names = key.split('/')
  for (const text of names) {
    if (!name.test(text) || text.length > maxNameLength) {
      throw new Error(
        `${JSON.stringify(key)} is not a file key: letters, digits, "-", "_", "." and "%" between slashes`,
      )
    }
  }
  return names
}
