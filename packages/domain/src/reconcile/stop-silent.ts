import { changeTask } from '../operations/move.ts'
import type { Ports } from '../ports.ts'

const pageSize = 500

/** How long a task that an agent or a person runs may give no sign of life. */
const silenceMs = 7_200_000
/** As clients know this reason. */
const reason = 'Forced stop (non-responsive)'
/** Who changed a task when nobody asked for it. */
const serverUser = '__apiserver__'

/** Stops the tasks whose agent or person has fallen silent. Answers how many. */
export async function stopSilent(ports: Pick<Ports, 'tasks' | 'projects'>): Promise<number> {
  let stopped = 0
  for (const silent of await ports.tasks.listSilent(silenceMs, pageSize)) {
    const moved = await changeTask(ports, silent.company, silent.id, ({ status, updatedAt }) =>
      status === 'in_progress' && updatedAt.getTime() === silent.updatedAt.getTime()
        ? {
            set: { status: 'stopped', statusReason: reason, statusMessage: reason, changedBy: serverUser },
            event: { type: 'stopped', reason },
            counts: 'status',
          }
        : null,
    )
    if (moved) stopped++
  }
  return stopped
}
