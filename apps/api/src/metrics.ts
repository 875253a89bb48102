import type { AgentRegistry, QueueStore, TaskQueue } from '@inferq/domain'
import type { Metrics } from '@inferq/telemetry'

const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800]

interface Watched {
  queues: QueueStore
  line: TaskQueue
  agents: AgentRegistry
}

export type ApiMetrics = ReturnType<typeof createApiMetrics>

/** What ops watch. Queue figures are read when they are scraped, so they never lag behind. */
export function createApiMetrics(metrics: Metrics, { queues, line, agents }: Watched) {
  const { histogram, counter, gauge } = metrics
  const labels = ['company', 'queue'] as const
  const queueTasks = gauge('inferq_queue_tasks', 'Tasks in the queue by state', [...labels, 'state'])
  const oldest = gauge('inferq_queue_oldest_waiting_seconds', 'Age of the oldest task that waits', labels)
  const watchers = gauge('inferq_queue_watchers', 'Live workers that take from the queue', labels)
  const agentsThere = gauge('inferq_queue_agents', 'Agents that are registered for the queue', labels)

  /** Reads every queue anew. What Redis cannot be asked for is left out, since nothing is not zero. */
  async function readQueues(): Promise<void> {
    const records = await queues.listAllQueues()
    const refs = records.map(({ company, name }) => ({ company, queue: name }))
    const counts = await line.counts(refs).catch(() => [])
    for (const each of [queueTasks, oldest, watchers, agentsThere]) each.reset()
    for (const [index, { company, queue }] of refs.entries()) {
      const since = records[index]?.oldestQueuedAt?.getTime()
      oldest.set({ company, queue }, since === undefined ? 0 : Math.max(0, Date.now() - since) / 1_000)
      queueTasks.set({ company, queue, state: 'waiting_for_agents' }, records[index]?.agentsWaiting ?? 0)
      for (const [state, count] of Object.entries(counts[index] ?? {})) queueTasks.set({ company, queue, state }, count)
    }
    for (const company of new Set(refs.map((ref) => ref.company))) {
      const [workers, registered] = await Promise.all([line.watchers(company), agents.list(company)]).catch(() => [])
      if (!workers || !registered) continue
      for (const { id, name: queue } of records.filter((record) => record.company === company)) {
        watchers.set({ company, queue }, workers.filter(({ queues }) => queues.includes(queue)).length)
        agentsThere.set({ company, queue }, registered.filter(({ queues }) => queues.includes(id)).length)
      }
    }
  }

  return {
    async render() {
      await readQueues()
      return metrics.render()
    },
    contentType: metrics.contentType,
    submitted: counter('inferq_tasks_submitted_total', 'Tasks recorded', ['job']),
    finished: counter('inferq_tasks_finished_total', 'Runs that ended', ['job', 'status']),
    deferred: counter(
      'inferq_jobs_deferred_total',
      'Batches of jobs left to the reconciler because Redis was away',
      [],
    ),
    reconciled: counter('inferq_reconciled_total', 'Tasks that the reconciler put right', ['what']),
    wait: histogram('inferq_task_wait_seconds', 'From queued to started', ['job'], secondsBuckets),
    run: histogram('inferq_task_run_seconds', 'From first start to recorded end', ['job'], secondsBuckets),
    recordLag: histogram('inferq_outcome_record_lag_seconds', 'From report to record', [], secondsBuckets),
    http: histogram('inferq_http_request_seconds', 'HTTP requests', ['method', 'route', 'status'], secondsBuckets),
  }
}
