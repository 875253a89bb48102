import { serverUser, silentMessage, silentReason } from '../lost-agents.ts'
import { changeTask } from '../operations/move.ts'
import type { Ports } from '../ports.ts'

const pageSize = 500

/** Stops the tasks whose agent or person has given no sign of life for so long. Answers how many. */
export async function stopSilent(ports: Pick<Ports, 'tasks' | 'projects'>, silenceMs: number): Promise<number> {
  let stopped = 0
  for (const silent of await ports.tasks.listSilent(silenceMs, pageSize)) {
    const message = silentMessage(silent)
    const { worker } = silent
    const moved = await changeTask(ports, silent.company, silent.id, ({ status, updatedAt }) =>
      status === 'in_progress' && updatedAt.getTime() === silent.updatedAt.getTime()
        ? {
            set: { status: 'stopped', statusReason: silentReason, statusMessage: message, changedBy: serverUser },
            event: { type: 'stopped', reason: message, ...(worker === null ? {} : { worker }) },
            counts: 'status',
          }
        : null,
    )
    if (moved) stopped++
  }
  return stopped
}
