import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

interface FolderContent {
  /** Whether what stands at `folder` is whole and current. */
  isComplete(folder: string): Promise<boolean>
  write(folder: string): Promise<void>
}

const maxTries = 5

/**
 * Makes `folder` whole or not at all: it is written beside its place and moved there in one step. Several processes
 * may do so at once; one wins, and the others take what it made.
 */
export async function publishFolder(folder: string, { isComplete, write }: FolderContent): Promise<void> {
  if (await isComplete(folder)) return
  await mkdir(dirname(folder), { recursive: true })
  const making = await mkdtemp(`${folder}.making-`)
  try {
    await write(making)
    await chmod(making, 0o755) // mkdtemp makes it private, and the next worker may run as another user
    for (let tries = 1; ; tries++) {
      if (await isComplete(folder)) return
      await setAside(folder, `${making}.old-${tries}`)
      try {
        return await rename(making, folder)
      } catch (error) {
        if (!isTaken(error) || tries === maxTries) throw error
      }
    }
  } finally {
    await rm(making, { recursive: true, force: true })
  }
}

/** An incomplete or outdated folder makes room; readers that have its files open keep them. */
async function setAside(folder: string, aside: string): Promise<void> {
  try {
    await rename(folder, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  await rm(aside, { recursive: true, force: true })
}

const isTaken = (error: unknown) =>
  ['ENOTEMPTY', 'EEXIST', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')
