import type { InferqClient } from '@inferq/client'
import { embedText } from '@inferq/contracts'
import { clearmlCaller, until } from '@inferq/testkit'
import type { DemoServer } from './scene.ts'

type Say = (line: string) => void

/** Made and enqueued in ClearML's language, run by our own worker, read in both languages. */
export async function embedOverClearml(client: InferqClient, say: Say, server: DemoServer): Promise<void> {
  const clearml = await clearmlCaller(server.url, server.accessKey, server.secretKey)
  const { id } = await clearml.ok('tasks.create', {
    name: 'two sentences',
    type: 'inference',
    script: { repository: 'inferq', entry_point: embedText.name },
    configuration: { input: { name: 'input', value: JSON.stringify({ texts: ['One sentence.', 'And another.'] }) } },
  })
  say(`tasks.create: ${id}`)
  const { queued, queue_watched } = await clearml.ok('tasks.enqueue', {
    task: id,
    queue_name: 'default',
    verify_watched_queue: true,
  })
  say(`tasks.enqueue: queued ${queued}, queue_watched ${queue_watched}`)
  const { status, execution } = await until(
    async () => {
      const { task } = await clearml.ok('tasks.get_by_id', { task: id })
      return task.status === 'completed' ? task : false
    },
    { what: 'the task to be completed', timeoutMs: 30_000 },
  )
  say(`tasks.get_by_id: ${status}, artifact "${execution.artifacts[0].key}" at ${execution.artifacts[0].uri}`)
  const { result } = await client.get(id)
  say(`and natively: ${embedText.result.parse(result).embeddings.length} vectors`)
}

export async function pullAsAgent(_client: InferqClient, say: Say, server: DemoServer): Promise<void> {
  const clearml = await clearmlCaller(server.url, server.accessKey, server.secretKey)
  const { id } = await clearml.ok('tasks.create', {
    name: 'a training run',
    type: 'training',
    script: { repository: 'https://git.example.org/models.git', entry_point: 'train.py' },
  })
  await clearml.ok('tasks.enqueue', { task: id, queue_name: 'default' })
  const { id: queue } = await clearml.ok('queues.get_default')
  const { entry } = await clearml.ok('queues.get_next_task', { queue })
  if (entry.task !== id) throw new Error('the agent was not given its task')
  say(`queues.get_next_task: ${entry.task}`)
  await clearml.ok('tasks.started', { task: id, status_message: 'pulled by the demo' })
  await clearml.ok('tasks.completed', { task: id })
  const { tasks } = await clearml.ok('tasks.get_all', { id: [id], only_fields: ['name', 'status'] })
  say(`tasks.get_all: "${tasks[0].name}" is ${tasks[0].status}`)
}
