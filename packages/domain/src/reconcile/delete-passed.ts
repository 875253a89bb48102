import { DomainError } from '../errors.ts'
import { deleteTask } from '../operations/delete-task.ts'
import type { Ports } from '../ports.ts'

const pageSize = 50
const atOnce = 5
/** After this long no further page is begun: other gaps wait to be closed. */
const longestMs = 1_000

/** Tasks that are kept for a time only. */
export interface Passing {
  tag: string
  keptMs: number
}

/**
 * Deletes the tasks with a tag that were made longer ago than they are kept, with their files; a task that waits, runs or
 * has been published stays. `more`: there is more to delete.
 */
export async function deletePassed(
  ports: Ports,
  { tag, keptMs: olderThanMs }: Passing,
): Promise<{ deleted: number; more: boolean }> {
  const endsAt = performance.now() + longestMs
  let deleted = 0
  for (;;) {
    const page = [...(await ports.tasks.listPassing({ tag, olderThanMs, limit: pageSize }))]
    const isFull = page.length === pageSize
    const deletedBefore = deleted
    while (page.length > 0) {
      const gone = await Promise.all(page.splice(0, atOnce).map(({ company, id }) => tryDelete(ports, company, id)))
      deleted += gone.filter(Boolean).length
    }
    // What could not be deleted is at the head of the next page again.
    const more = isFull && deleted > deletedBefore
    if (!more || performance.now() >= endsAt) return { deleted, more }
  }
}

/** False: somebody else was faster, or has just put it in line again. */
async function tryDelete(ports: Ports, company: string, id: string): Promise<boolean> {
  try {
    await deleteTask(ports, company, id)
    return true
  } catch (error) {
    if (error instanceof DomainError && (error.kind === 'not_found' || error.kind === 'conflict')) return false
    throw error
  }
}
