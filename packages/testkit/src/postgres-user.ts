import { execFileSync } from 'node:child_process'
import { chownSync } from 'node:fs'

export interface User {
  uid: number
  gid: number
}

/** The user to run Postgres as, which refuses to run as root: null for ourselves, else `postgres` or `nobody`. */
export function postgresUser(): User | null {
  if (process.getuid?.() !== 0) return null
  return lookUp('postgres') ?? lookUp('nobody') ?? { uid: 65_534, gid: 65_534 }
}

export function giveTo(user: User | null, path: string): void {
  if (user !== null) chownSync(path, user.uid, user.gid)
}

function lookUp(name: string): User | null {
  const ask = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }))
  try {
    return { uid: ask('-u'), gid: ask('-g') }
  } catch {
    return null
  }
}
