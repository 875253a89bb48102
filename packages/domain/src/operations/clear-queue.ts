import type { TaskId } from '@inferq/contracts'
import type { Ports, QueueRecord } from '../ports.ts'
import type { DetailedTask } from '../task-details.ts'
import { countQueueEntries, findQueueById, lineRefOf, queueIdNotFound } from './queue-entries.ts'
import { giveUp, waitsNatively } from './queue-line.ts'

interface Clearing {
  by: string
  reason: string
}

const atOnce = 8
const pageSize = 500

/**
 * Takes everything out of both lines. The tasks whose queue this is become what they were before they were enqueued;
 * those are answered. Throws QUEUE_NOT_FOUND.
 */
export async function clearQueue(
  ports: Ports,
  company: string,
  queueId: string,
  clearing: Clearing,
): Promise<readonly TaskId[]> {
  const queue = await findQueueById(ports, company, queueId)
  const removed: TaskId[] = []
  const clearOf = async (ids: readonly TaskId[]): Promise<TaskId[]> => {
    const places = await eachOf(ids, (id) => giveUp(ports, company, id, { queueId, ...clearing }))
    removed.push(...ids.filter((_, index) => places[index] === 'left'))
    return ids.filter((_, index) => places[index] === 'kept')
  }
  const entries = await ports.agentsLine.entries([queueId])
  const kept = await clearOf(entries.map(({ taskId }) => taskId))
  // One by one: whoever comes now stays in line, with the status of one that is.
  await eachOf(kept, (id) => ports.agentsLine.removeEntry(queueId, id))
  for await (const tasks of waitingNatively(ports, queue)) await clearOf(tasks.map(({ id }) => id))
  return removed
}

/** `not_empty`: something waits in it, and the queue was not deleted. Throws QUEUE_NOT_FOUND. */
export async function deleteQueue(
  ports: Ports,
  company: string,
  queueId: string,
  { force, ...clearing }: Clearing & { force: boolean },
): Promise<'deleted' | 'not_empty'> {
  const queue = await findQueueById(ports, company, queueId)
  if (!force && ((await countQueueEntries(ports, [queue])).get(queueId) ?? 0) > 0) return 'not_empty'
  await clearQueue(ports, company, queueId, clearing)
  if (!(await ports.queues.deleteQueue(company, queueId))) throw queueIdNotFound(queueId)
  // A queue of the same name that is made later starts as any other.
  if (queue.paused) {
    await ports.line
      .setPaused(lineRefOf(queue), false)
      .catch((cause) => ports.onDeferred('deleted queue still paused', cause))
  }
  return 'deleted'
}

/** From the record, since after a loss of Redis what waits may not have its job again yet. */
async function* waitingNatively({ tasks }: Ports, { id, company }: QueueRecord): AsyncGenerator<DetailedTask[]> {
  const where = {
    kind: 'and',
    of: [
      { kind: 'any_of', field: ['execution', 'queue'], values: [id] },
      { kind: 'any_of', field: ['status'], values: ['queued'] },
    ],
  } as const
  const order = [{ field: ['id'], descending: false }] as const
  for (let after: string | null = null; ; ) {
    const page: readonly DetailedTask[] = await tasks.searchTasks({
      ...{ company, publicToo: false, order, offset: 0, limit: pageSize },
      where:
        after === null
          ? where
          : { kind: 'and', of: [where, { kind: 'compare', field: ['id'], op: '>', value: after }] },
    })
    yield page.filter((task) => waitsNatively(task, id))
    if (page.length < pageSize) return
    after = (page.at(-1) as DetailedTask).id
  }
}

async function eachOf<Item, Answer>(items: readonly Item[], work: (item: Item) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = []
  for (let start = 0; start < items.length; start += atOnce) {
    answers.push(...(await Promise.all(items.slice(start, start + atOnce).map(work))))
  }
  return answers
}
