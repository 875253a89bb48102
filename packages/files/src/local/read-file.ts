import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { ByteRange, FileFacts, ReadFile } from '@inferq/domain'
import { hasCode, missing } from './error-codes.ts'
import type { Place } from './places.ts'

export interface OpenedFile extends FileFacts {
  file: FileHandle
}

/** Windows knows no such flag. */
const withoutFollowing = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)

/** Whoever holds it open sees this very file to its end, even if another takes its place. Null: there is none. */
export async function openFile(place: Place): Promise<OpenedFile | null> {
  if (!(await place.isWithinRoot())) return null
  const file = await openIfThere(place.path)
  if (!file) return null
  const stats = await file.stat()
  if (stats.isFile()) return { file, size: stats.size, modifiedAt: stats.mtime }
  await file.close()
  return null
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, withoutFollowing)
  } catch (error) {
    if (hasCode(error, missing)) return null
    throw error
  }
}

const chunkBytes = 256 * 1024

/** The body closes the file when it ends or is destroyed. */
export async function readOpened({ file, ...facts }: OpenedFile, range?: ByteRange): Promise<ReadFile> {
  if (range && (range.start >= facts.size || range.end < range.start)) {
    await file.close()
    return { ...facts, body: Readable.from([]) }
  }
  return { ...facts, body: file.createReadStream({ highWaterMark: chunkBytes, ...range }) }
}
