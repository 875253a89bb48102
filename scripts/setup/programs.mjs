import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * The path of a program on PATH or in one of the extra folders, or null.
 *
 * @param {string} name
 * @param {readonly string[]} [extraFolders]
 */
export function findProgram(name, extraFolders = []) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...extraFolders]
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null
}

/** Where Debian keeps Postgres' server programs, which it leaves off PATH. */
export function debianPostgresFolders() {
  const root = '/usr/lib/postgresql'
  return existsSync(root) ? readdirSync(root).map((version) => join(root, version, 'bin')) : []
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
