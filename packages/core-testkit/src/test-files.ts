import { existsSync } from 'node:fs'
import type { StreamedFiles } from '@inferq/domain'
import { createLocalFiles } from '@inferq/files'
import { tempDir } from '@inferq/testkit'

/** Files in a temporary folder, which the leak check takes away after each test file: then in a new one. */
export function createTestFiles(): StreamedFiles {
  let folder: string | undefined
  const files = async () => {
    if (folder === undefined || !existsSync(folder)) folder = (await tempDir('files')).path
    return createLocalFiles(folder)
  }
  return {
    put: async (key, data) => (await files()).put(key, data),
    getText: async (key) => (await files()).getText(key),
    delete: async (key) => (await files()).delete(key),
    write: async (key, source) => (await files()).write(key, source),
    stat: async (key) => (await files()).stat(key),
    read: async (key, range) => (await files()).read(key, range),
  }
}
