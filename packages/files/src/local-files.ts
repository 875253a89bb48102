import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { StreamedFiles } from '@inferq/domain'

/**
 * Files in a folder that api and workers share. A file is there as a whole or not at all: a reader never sees half of
 * one, and one whose `put` has resolved survives a power cut.
 */
export function createLocalFiles(folder: string): StreamedFiles {
  const root = resolve(folder)
  const pathOf = (key: string) => join(root, ...segmentsOf(key))

  return {
    async put(key, data) {
      const path = pathOf(key)
      const dir = dirname(path)
      // Keys cannot begin with a dot, so nobody can ask for a file that is being written.
      const unfinished = join(dir, `.${randomUUID()}.tmp`)
      await mkdir(dir, { recursive: true })
      try {
        await writeDurably(unfinished, data)
        await rename(unfinished, path)
      } catch (error) {
        await rm(unfinished, { force: true })
        throw error
      }
      await syncFolder(dir)
    },

    async getText(key) {
      try {
        return await readFile(pathOf(key), 'utf8')
      } catch (error) {
        if (isMissing(error)) return null
        throw error
      }
    },

    async delete(key) {
      await rm(pathOf(key), { force: true })
    },

    async write() {
      throw new Error('not written yet')
    },
    async stat() {
      throw new Error('not written yet')
    },
    async read() {
      throw new Error('not written yet')
    },
  }
}

const maxSegmentLength = 200
const segment = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/

/** Says what a key may be rather than what it may not: nothing that a file system reads as a way out of the folder. */
function segmentsOf(key: string): string[] {
  const segments = key.split('/')
  for (const text of segments) {
    if (!segment.test(text) || text.length > maxSegmentLength) {
      throw new Error(`${JSON.stringify(key)} is not a file key: letters, digits, "-", "_" and "." between slashes`)
    }
  }
  return segments
}

async function writeDurably(path: string, data: string | Uint8Array): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(data)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Without it the rename itself may be lost with the power. Not every system lets a folder be opened. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT'
