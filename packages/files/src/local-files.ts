import { resolve } from 'node:path'
import type { StreamedFiles } from '@inferq/domain'
import { deleteFile } from './local/delete-file.ts'
import { createPlaces } from './local/places.ts'
import { openFile, readOpened } from './local/read-file.ts'
import { replaceFile } from './local/replace-file.ts'

/**
 * Files in a folder that api and workers share. A file is there as a whole or not at all: a reader never sees half of
 * one, and one whose `put` or `write` has resolved survives a power cut. The folder itself may be a symbolic link; what
 * lies behind one in it is not there for anybody.
 */
export function createLocalFiles(folder: string): StreamedFiles {
  const places = createPlaces(resolve(folder))

  return {
    async put(key, data) {
      const written = await replaceFile(places.of(key), (file) => file.writeFile(data))
      if (!written) throw new Error(`${JSON.stringify(key)} cannot be written: a folder or a file is in its way`)
    },

    async getText(key) {
      const opened = await openFile(places.of(key))
      if (!opened) return null
      try {
        return await opened.file.readFile('utf8')
      } finally {
        await opened.file.close()
      }
    },

    delete: async (key) => deleteFile(places.of(key)),

    async write(key, source) {
      let size = 0
      async function* counted() {
        for await (const chunk of source) {
          size += chunk.byteLength
          yield chunk
        }
      }
      const written = await replaceFile(places.of(key), (file) => file.writeFile(counted()))
      return written ? { size } : null
    },

    async stat(key) {
      const opened = await openFile(places.of(key))
      if (!opened) return null
      await opened.file.close()
      return { size: opened.size, modifiedAt: opened.modifiedAt }
    },

    async read(key, range) {
      const opened = await openFile(places.of(key))
      return opened && readOpened(opened, range)
    },
  }
}
