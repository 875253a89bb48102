import type { QueueStore, TaskQueue } from '@inferq/domain'
import type { Metrics } from '@inferq/telemetry'

const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800]

export type ApiMetrics = ReturnType<typeof createApiMetrics>

/** What ops watch. Queue figures are read when they are scraped, so they never lag behind. */
export function createApiMetrics(metrics: Metrics, { queues, line }: { queues: QueueStore; line: TaskQueue }) {
  const { histogram, counter, gauge } = metrics
  const labels = ['company', 'queue'] as const
  const oldest = gauge('inferq_queue_oldest_waiting_seconds', 'Age of the oldest task that waits', labels)
  const watchers = gauge('inferq_queue_watchers', 'Live workers that take from the queue', labels)
  gauge('inferq_queue_tasks', 'Tasks in the queue by state', [...labels, 'state'], async (tasks) => {
    const records = await queues.listAllQueues()
    const refs = records.map(({ company, name }) => ({ company, queue: name }))
    const counts = await line.counts(refs).catch(() => null)
    for (const own of [tasks, oldest, watchers]) own.reset()
    for (const [index, ref] of refs.entries()) {
      const { company, queue } = ref
      const record = records[index]
      const waitingSince = record?.oldestQueuedAt?.getTime() ?? Date.now()
      oldest.set({ company, queue }, Math.max(0, Date.now() - waitingSince) / 1_000)
      for (const [state, count] of Object.entries(counts?.[index] ?? {})) tasks.set({ company, queue, state }, count)
    }
    for (const company of new Set(refs.map((ref) => ref.company))) {
      const workers = await line.watchers(company).catch(() => [])
      for (const { queue } of refs.filter((ref) => ref.company === company)) {
        watchers.set({ company, queue }, workers.filter((worker) => worker.queues.includes(queue)).length)
      }
    }
  })
  return {
    render: () => metrics.render(),
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
