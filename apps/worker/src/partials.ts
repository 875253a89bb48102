import { buffer } from 'node:stream/consumers'
import { partialsKeyOf } from '@inferq/contracts'
import type { TakenJob } from '@inferq/queue'
import type { Files } from './load-input.ts'

/** What the attempts of a run keep for those after them, as one file. */
export interface Partials {
  /** Null: nothing is kept. */
  load(): Promise<Uint8Array | null>
  /** In place of what was kept before. */
  save(bytes: Uint8Array): Promise<void>
  /** When the run has ended: nothing is kept, and nothing can be any more. */
  drop(): Promise<void>
}

export function createPartials(
  files: Pick<Files, 'put' | 'read' | 'delete'>,
  { payload: { taskId, run } }: Pick<TakenJob, 'payload'>,
): Partials {
  const key = partialsKeyOf(taskId, run)
  let isDropped = false
  let saving: Promise<void> = Promise.resolve()
  return {
    async load() {
      const found = await files.read(key)
      return found && buffer(found.body)
    },
    async save(bytes) {
      if (isDropped) return
      saving = files.put(key, bytes)
      await saving
    },
    async drop() {
      isDropped = true
      // An attempt is not waited for when it is aborted, so its last file may still be on the way.
      await saving.catch(() => {})
      await files.delete(key)
    },
  }
}

/** For jobs that keep nothing: this costs them nothing. */
export const noPartials: Partials = {
  load: async () => null,
  async save() {
    throw new Error('this job does not say that it keeps partial results: nobody would delete them')
  },
  drop: async () => {},
}
