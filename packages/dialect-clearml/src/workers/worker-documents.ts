import type { DetailedTask, Project, QueueEntry, QueueRecord, User } from '@inferq/domain'
import type { Call } from '../call.ts'
import { timeOf, type WireDocument } from '../document/fields.ts'
import { namesOf } from '../document/task-names.ts'
import type { LiveWorker } from './live-workers.ts'

/** What the workers refer to, each read once for all of them. */
interface Related {
  tasks: ReadonlyMap<string, DetailedTask>
  users: ReadonlyMap<string, User>
  projects: ReadonlyMap<string, Project>
  queues: ReadonlyMap<string, QueueRecord>
  next: ReadonlyMap<string, readonly QueueEntry[]>
  names: ReadonlyMap<string, string>
  counts: ReadonlyMap<string, number>
}

export async function workerDocuments(call: Call, workers: readonly LiveWorker[]): Promise<WireDocument[]> {
  const related = await relatedTo(call, workers)
  const { company, companyName } = call.identity
  return workers.map((worker) => {
    const task = worker.task === null ? undefined : related.tasks.get(worker.task)
    const queue = worker.queue ?? queueOfNative(worker, task)
    return {
      id: worker.id,
      key: worker.key,
      company: { id: company, name: companyName },
      ...(worker.user === null ? {} : { user: named(worker.user, related.users) }),
      ...(worker.ip === null ? {} : { ip: worker.ip }),
      register_time: timeOf(worker.registeredAt),
      ...(worker.registerTimeoutSeconds === null ? {} : { register_timeout: worker.registerTimeoutSeconds }),
      last_activity_time: timeOf(worker.lastActivityAt),
      ...(worker.lastReportAt === null ? {} : { last_report_time: timeOf(worker.lastReportAt) }),
      ...(worker.task === null ? {} : { task: taskOf(worker.task, task) }),
      ...(task?.project ? { project: named(task.project, related.projects) } : {}),
      ...(queue === null ? {} : { queue: queueOf(queue, related) }),
      queues: worker.queues.map((id) => queueOf(id, related)),
      tags: worker.tags,
      system_tags: worker.systemTags,
    }
  })
}

/** An agent says which queue its task came from; a native worker's task knows. */
const queueOfNative = ({ user }: LiveWorker, task: DetailedTask | undefined) =>
  user === null ? (task?.queueId ?? null) : null

async function relatedTo(call: Call, workers: readonly LiveWorker[]): Promise<Related> {
  const { services, identity } = call
  const { company } = identity
  const tasks = await services.tasks.findDetailed(company, unique(workers.map(({ task }) => task)), 'visible')
  const taskQueues = tasks.map(({ queueId }) => queueId)
  const queueIds = unique(workers.flatMap(({ queue, queues }) => [queue, ...queues]).concat(taskQueues))
  const [queues, users, projects] = await Promise.all([
    services.queues.findQueuesById(company, queueIds),
    services.users.findUsers(company, unique(workers.map(({ user }) => user))),
    services.projects.findProjects(company, unique(tasks.map(({ project }) => project))),
  ])
  const [next, counts] = await Promise.all([
    services.operations.queueEntries(queues, 1),
    services.operations.countQueueEntries(queues),
  ])
  const names = await namesOf(
    call,
    [...next.values()].flatMap(([entry]) => entry?.taskId ?? []),
  )
  return { tasks: byId(tasks), users: byId(users), projects: byId(projects), queues: byId(queues), next, names, counts }
}

function queueOf(id: string, { queues, next, names, counts }: Related): WireDocument {
  const queue = queues.get(id)
  if (!queue) return { id }
  const first = next.get(id)?.[0]
  return {
    ...{ id, name: queue.name },
    ...(queue.displayName === null ? {} : { display_name: queue.displayName }),
    ...(first ? { next_task: { id: first.taskId, name: names.get(first.taskId) } } : {}),
    num_tasks: counts.get(id) ?? 0,
  }
}

/** `running_time` in milliseconds. */
const taskOf = (id: string, task: DetailedTask | undefined): WireDocument =>
  task
    ? { id, name: task.name, running_time: (task.activeSeconds ?? 0) * 1_000, last_iteration: task.lastIteration }
    : { id }

const named = (id: string, records: ReadonlyMap<string, { name: string }>) => ({ id, name: records.get(id)?.name })

const unique = (ids: readonly (string | null)[]) => [...new Set(ids)].filter((id) => id !== null)

const byId = <Item extends { id: string }>(items: readonly Item[]) => new Map(items.map((item) => [item.id, item]))
