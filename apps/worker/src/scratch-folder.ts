import { mkdir, mkdtemp, readdir, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'

type Log = { warn(fields: object, message: string): void }

/**
 * A process shows by the time of its folder that it lives. Its number would say nothing: several machines, or several
 * containers of one, may share the disk.
 */
const signOfLifeMs = 15_000
export const deadAfterMs = 120_000

const namePrefix = 'worker-'

/** A folder of this process within `folder`. Those of processes that died are removed, now and for as long as it is held. */
export async function claimScratchFolder(folder: string, log: Log): Promise<{ path: string; remove(): Promise<void> }> {
  await mkdir(folder, { recursive: true })
  await removeDead(folder, log)
  const path = await mkdtemp(join(folder, namePrefix))
  const timer = setInterval(() => {
    void showLife(path, log)
    void removeDead(folder, log)
  }, signOfLifeMs)
  timer.unref()
  return {
    path,
    async remove() {
      clearInterval(timer)
      await rm(path, { recursive: true, force: true })
    },
  }
}

async function showLife(path: string, log: Log): Promise<void> {
  try {
    // A process that was stopped for long may find that it was taken for dead.
    await mkdir(path, { recursive: true })
    const now = new Date()
    await utimes(path, now, now)
  } catch (error) {
    log.warn({ err: error }, 'scratch folder not marked as in use')
  }
}

async function removeDead(folder: string, log: Log): Promise<void> {
  try {
    for (const name of await readdir(folder)) {
      if (!name.startsWith(namePrefix)) continue
      const path = join(folder, name)
      const found = await stat(path).catch(() => null)
      if (found && Date.now() - found.mtimeMs > deadAfterMs) await rm(path, { recursive: true, force: true })
    }
  } catch (error) {
    log.warn({ err: error }, 'scratch folders of dead processes not removed')
  }
}
