import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Two systems on one data folder would ruin its Redis file and its database. Answers the release. */
export function lockDataDir(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true })
  const path = join(dataDir, 'launcher.pid')
  const owner = ownerOf(path)
  if (owner !== null)
    throw new Error(`another inferq (process ${owner}) runs on ${dataDir}: stop it, or set INFERQ_DATA_DIR`)
  writeFileSync(path, `${process.pid}\n`)
  return () => rmSync(path, { force: true })
}

function ownerOf(path: string): number | null {
  try {
    const pid = Number(readFileSync(path, 'utf8'))
    process.kill(pid, 0)
    return pid === process.pid ? null : pid
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else. Otherwise there is no file, or its process is gone.
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? Number(readFileSync(path, 'utf8')) : null
  }
}
