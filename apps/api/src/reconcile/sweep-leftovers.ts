import { deletePassed, type Passing, type Ports, sweepEvents, sweepFiles } from '@inferq/domain'
import type { Logger } from '@inferq/telemetry'

export interface LeftoverParts {
  ports: Ports
  log: Pick<Logger, 'info' | 'warn'>
  /** Null: for as long as their task is there. */
  eventsKeptMs: number | null
  /** How long files stay that nobody needs. */
  filesGraceMs: number
  /** Null: no task is kept for a time only. */
  passing: Passing | null
}

const retentionEveryMs = 60_000

/** Gives back the room of what nobody needs any more: dropped events, files, and tasks that were kept for a time. Nothing else waits for it to succeed. */
export function createLeftoverSweep({
  ports,
  log,
  eventsKeptMs,
  filesGraceMs,
  passing,
}: LeftoverParts): () => Promise<void> {
  let retentionAt = 0
  let passingAt = 0

  const dropOldEvents = async () => {
    if (eventsKeptMs === null || Date.now() < retentionAt) return
    retentionAt = Date.now() + retentionEveryMs
    const dropped = await ports.events.dropOlderThan(eventsKeptMs)
    if (dropped > 0) log.info({ dropped }, 'old events dropped')
  }
  const deleteFiles = async () => {
    const files = await sweepFiles(ports, filesGraceMs)
    if (files > 0) log.info({ files }, 'unneeded files deleted')
  }
  const deleteOldTasks = async () => {
    if (passing === null || Date.now() < passingAt) return
    const { deleted, more } = await deletePassed(ports, passing)
    if (!more) passingAt = Date.now() + retentionEveryMs
    if (deleted > 0) log.info({ deleted, tag: passing.tag }, 'old tasks deleted')
  }
  const steps = {
    'old tasks': deleteOldTasks,
    'old events': dropOldEvents,
    'dropped events': () => sweepEvents(ports),
    'unneeded files': deleteFiles,
  }

  return async () => {
    for (const [what, step] of Object.entries(steps)) {
      try {
        await step()
      } catch (error) {
        log.warn({ err: error, what }, 'leftovers not deleted')
      }
    }
  }
}
