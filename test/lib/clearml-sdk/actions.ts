import { createHash } from 'node:crypto'
import type { SdkSession } from './wire.ts'

/** What Python's `re.escape` makes of a text, with which the SDK asks for exactly this name. */
export const exactly = (name: string): string => `^${name.replace(/[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g, '\\$&')}$`

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex')

/** The project of that name, made if there is none. */
export async function projectId(sdk: SdkSession, name: string): Promise<string> {
  const found = await sdk.ok('projects.get_all', { name: exactly(name), only_fields: ['id'], search_hidden: true })
  if (found.projects.length > 0) return found.projects[0].id
  return (await sdk.ok('projects.create', { name, description: 'Auto-generated at 2026-01-01' })).id
}

export const reload = async (sdk: SdkSession, task: string) => (await sdk.ok('tasks.get_by_id', { task })).task

export interface NewTask {
  project?: string
  name?: string
  type?: string
}

/** `Task.init` where there was no such task: the running task as the SDK then knows it. */
export async function initTask(
  sdk: SdkSession,
  { project = 'examples', name = 'first run', type = 'training' }: NewTask = {},
) {
  const { id } = await sdk.ok('tasks.create', {
    ...{ name, type, comment: 'Auto-generated at 2026-01-01 by user@workstation' },
    ...{ project: await projectId(sdk, project), system_tags: ['development'] },
  })
  await sdk.ok('tasks.started', { task: id, force: false })
  return reload(sdk, id)
}

/** `Task.create`: a draft, whose script is told afterwards. */
export async function createTask(sdk: SdkSession, { project = 'examples', name = 'draft', type = 'training' } = {}) {
  const { id } = await sdk.ok('tasks.create', { name, type, project: await projectId(sdk, project) })
  const script = { repository: 'https://example.org/repo.git', branch: 'main', entry_point: 'train.py' }
  await sdk.ok('tasks.edit', { task: id, force: true, script: { ...script, working_dir: '.', diff: '' } })
  return reload(sdk, id)
}

/** What every property of a task is set with. */
export const edit = (sdk: SdkSession, task: string, fields: object) =>
  sdk.ok('tasks.edit', { task, force: true, ...fields })

/** What `Task.get_status` and everything that waits for a status asks. */
export async function statusOf(sdk: SdkSession, task: string): Promise<{ status: string; status_message?: string }> {
  const only_fields = ['status', 'status_message', 'id']
  const { tasks } = await sdk.ok('tasks.get_all', { id: [task], only_fields })
  return tasks[0]
}

/** A name is taken for an id first, and looked up only when there is no such queue. Null: there is none. */
export async function queueId(sdk: SdkSession, nameOrId: string): Promise<string | null> {
  const byId = await sdk.call('queues.get_by_id', { queue: nameOrId })
  if (byId.data.queue) return nameOrId
  const { queues } = await sdk.ok('queues.get_all', { name: exactly(nameOrId), only_fields: ['id'] })
  return queues[0]?.id ?? null
}

/** `Task.enqueue(task, queue_name=...)`. */
export async function enqueue(sdk: SdkSession, task: string, queueName: string) {
  const queue = await queueId(sdk, queueName)
  if (queue === null) throw new Error(`Could not find queue named "${queueName}"`)
  return sdk.ok('tasks.enqueue', { task, queue })
}

/** What an agent does with the first task of a queue, in the fewest calls. Null: there is none. */
export async function takeTask(sdk: SdkSession, queue: string): Promise<string | null> {
  const { entry } = await sdk.ok('queues.get_next_task', { queue })
  if (!entry) return null
  const worker = 'machine:0'
  await sdk.ok('tasks.started', { task: entry.task, force: true, status_message: 'pulled by agent' })
  await sdk.ok('workers.status_report', { worker, timestamp: Date.now(), queue, queues: [queue], task: entry.task })
  return entry.task
}
