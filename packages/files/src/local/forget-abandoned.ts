import { lstat, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** No upload rests for so long and goes on. */
const abandonedAfterMs = 24 * 60 * 60_000

const seen = new Set<string>()

/** Deletes what processes that died left half-written; once in the life of a process, which is as often as one dies. */
export async function forgetAbandoned(unfinishedFolder: string): Promise<void> {
  if (seen.has(unfinishedFolder)) return
  seen.add(unfinishedFolder)
  for (const name of await readdir(unfinishedFolder)) {
    const path = join(unfinishedFolder, name)
    // Another process may do the same.
    const found = await lstat(path).catch(() => null)
    if (found && Date.now() - found.mtimeMs > abandonedAfterMs) await rm(path, { force: true })
  }
}
