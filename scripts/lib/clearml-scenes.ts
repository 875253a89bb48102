import type { InferqClient } from '@inferq/client'
import { embedText } from '@inferq/contracts'
import { type ClearmlCaller, clearmlCaller, until } from '@inferq/testkit'
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
  await reportProgress(clearml, id, say)
  await keepArtifact(clearml, id, server.url, say)
  await clearml.ok('tasks.completed', { task: id })
  const { tasks } = await clearml.ok('tasks.get_all', { id: [id], only_fields: ['name', 'status', 'last_iteration'] })
  say(`tasks.get_all: "${tasks[0].name}" is ${tasks[0].status} after iteration ${tasks[0].last_iteration}`)
}

async function reportProgress(clearml: ClearmlCaller, task: string, say: Say): Promise<void> {
  const losses = [0.9, 0.5, 0.3, 0.2]
  const { added } = await clearml.okBatch('events.add_batch', [
    { type: 'log', task, level: 'info', msg: 'training begins' },
    ...losses.map((value, iter) => ({
      ...{ type: 'training_stats_scalar', task, metric: 'loss', variant: 'train', iter, value },
    })),
  ])
  say(`events.add_batch: ${added} added`)
  const { events } = await clearml.ok('events.get_task_log', { task })
  say(`events.get_task_log: "${events[0].msg}"`)
  const { loss } = await clearml.ok('events.scalar_metrics_iter_histogram', { task })
  say(`events.scalar_metrics_iter_histogram: loss ${loss.train.y.join(', ')}`)
}

/** As the SDK keeps one: the file goes to the file server, its address into the task. */
async function keepArtifact(clearml: ClearmlCaller, task: string, url: string, say: Say): Promise<void> {
  const { authorization } = clearml
  const path = `demo/a training run.${task}/artifacts/weights/weights.json`
  const form = new FormData()
  form.append(path, new Blob(['[0.25,0.5]']), 'weights.json')
  const upload = await fetch(`${url}/files`, { method: 'POST', headers: { authorization }, body: form })
  if (!upload.ok) throw new Error(`the upload was answered ${upload.status}: ${await upload.text()}`)
  const uri = `${url}/files/${path}`
  await clearml.ok('tasks.add_or_update_artifacts', { task, artifacts: [{ key: 'weights', type: 'json', uri }] })
  const download = await fetch(encodeURI(uri), { headers: { authorization } })
  say(`artifact "weights": ${await download.text()}`)
}
