import { accessSync, constants, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The path of a program on PATH or in one of the extra folders, or null. */
export function findProgram(name: string, extraFolders: readonly string[] = []): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...extraFolders]
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null
}

/** A Redis server to start, or null: Valkey is the same server under another name. */
export const findRedisServer = (): string | null => findProgram('redis-server') ?? findProgram('valkey-server')

/** Where Debian, and Postgres' own packages, keep the programs that they leave off PATH; the newest first. */
export function postgresFolders(): string[] {
  const root = '/usr/lib/postgresql'
  let versions: string[] = []
  try {
    versions = readdirSync(root)
  } catch {
    // Not Debian.
  }
  const byVersion = versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(root, version, 'bin'))
  return [...byVersion, '/usr/pgsql/bin', '/opt/homebrew/opt/postgresql/bin', '/usr/local/opt/postgresql/bin']
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
