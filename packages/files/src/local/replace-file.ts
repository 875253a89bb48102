import { randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { hasCode, isFolder, missing } from './error-codes.ts'
import { forgetAbandoned } from './forget-abandoned.ts'
import { makeFolders, syncFolder } from './make-folders.ts'
import type { Place } from './places.ts'

/**
 * Writes a file aside and puts it in its place once it is whole and on disk. Rejects with what `fill` rejects with;
 * nothing is left then. False: a folder or a file is in its way.
 */
export async function replaceFile(place: Place, fill: (file: FileHandle) => Promise<void>): Promise<boolean> {
  // Before anything is filled: a large upload should not come in vain.
  if (!(await makeWay(place))) return false
  await mkdir(place.unfinishedFolder, { recursive: true })
  await forgetAbandoned(place.unfinishedFolder)
  const unfinished = join(place.unfinishedFolder, randomUUID())
  try {
    await writeDurably(unfinished, fill)
    if (await moveInto(place, unfinished)) {
      await syncFolder(dirname(place.path)).catch(unlessGone)
      return true
    }
    await rm(unfinished, { force: true })
    return false
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

async function writeDurably(path: string, fill: (file: FileHandle) => Promise<void>): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await fill(file)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Whoever deletes the last file of a folder deletes the folder: as often as that comes between, it is made again. */
async function moveInto(place: Place, unfinished: string): Promise<boolean> {
  for (let triesLeft = 10; ; triesLeft--) {
    try {
      await rename(unfinished, place.path)
      return true
    } catch (error) {
      if (hasCode(error, isFolder)) return false
      if (!hasCode(error, missing) || triesLeft === 0) throw error
    }
    if (!(await makeWay(place))) return false
  }
}

async function makeWay({ root, folders, path }: Place): Promise<boolean> {
  for (let triesLeft = 10; ; triesLeft--) {
    try {
      if (!(await makeFolders(root, folders))) return false
      break
    } catch (error) {
      if (!hasCode(error, ['ENOENT']) || triesLeft === 0) throw error
    }
  }
  return isFreeOfFolder(path)
}

/** An empty folder, of which a deletion was cut short, is in nobody's way. */
async function isFreeOfFolder(path: string): Promise<boolean> {
  try {
    await rmdir(path)
    return true
  } catch (error) {
    if (hasCode(error, missing)) return true
    if (hasCode(error, isFolder)) return false
    throw error
  }
}

/** A file that was deleted right after it was written took its folder along. */
function unlessGone(error: unknown): void {
  if (!hasCode(error, missing)) throw error
}
