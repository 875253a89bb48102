import type { Call } from '../call.ts'
import { namesOf } from '../document/task-names.ts'
import { liveWorkers } from '../workers/live-workers.ts'

/** Looks once at all workers alive now; the answer tells those of a queue. */
export async function watchersOf(call: Call) {
  const workers = await liveWorkers(call)
  const names = await namesOf(
    call,
    workers.flatMap(({ task }) => task ?? []),
  )
  return (queueId: string) =>
    workers
      .filter(({ queues }) => queues.includes(queueId))
      .map(({ id, ip, key, task }) => ({
        ...{ name: id, key },
        ...(ip === null ? {} : { ip }),
        ...(task === null ? {} : { task: { id: task, name: names.get(task) } }),
      }))
}
