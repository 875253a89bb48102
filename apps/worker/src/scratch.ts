import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { claimScratchFolder } from './scratch-folder.ts'
import { createScratchRoom } from './scratch-room.ts'

export interface ScratchOptions {
  /** Other processes may have folders of their own in it. */
  readonly folder: string
  /** Of all files together. */
  readonly quotaBytes: number
  readonly log: { warn(fields: object, message: string): void }
}

export interface Scratch {
  readonly quotaBytes: number
  /** A place for one file, which is there once it is written. */
  place(): ScratchPlace
  /** Deletes all that is left. */
  close(): Promise<void>
}

export interface ScratchPlace extends AsyncDisposable {
  readonly path: string
  /** Sets aside as much room as that, if there is so much now that nobody has waited for. What it had before counts. */
  tryToHave(bytes: number): boolean
  /** Waits for it, behind those who wait already; no more than the quota. */
  waitFor(bytes: number, options: { signal: AbortSignal }): Promise<void>
  /** Keeps no more room than the file takes then. Rejects with what the source rejects with. */
  write(source: AsyncIterable<Uint8Array>): Promise<void>
}

/** Files that jobs need while they run, in a folder of this process, with one quota for all of them. */
export async function openScratch({ folder, quotaBytes, log }: ScratchOptions): Promise<Scratch> {
  const own = await claimScratchFolder(folder, log)
  const room = createScratchRoom(quotaBytes)
  let places = 0

  return {
    quotaBytes,
    place() {
      const path = join(own.path, `${++places}`)
      const share = room.share()
      return {
        path,
        tryToHave: share.tryToHave,
        waitFor: share.waitFor,
        async write(source) {
          await using file = await open(path, 'wx', 0o600)
          await file.writeFile(source)
          share.tryToHave((await file.stat()).size)
        },
        async [Symbol.asyncDispose]() {
          await rm(path, { force: true })
          share.giveBack()
        },
      }
    },
    close: () => own.remove(),
  }
}
