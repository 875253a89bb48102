import { describe, expect, it } from 'vitest'
import { createMetrics } from './metrics.ts'

describe('metrics', () => {
  it('are written in Prometheus’ text format, gauges as they are at that moment', async () => {
    const metrics = createMetrics({ processMetrics: false })
    metrics.counter('tasks_total', 'Tasks.', ['queue']).inc({ queue: 'default' }, 2)
    metrics.histogram('task_wait_seconds', 'Wait.').observe(0.02)
    metrics.gauge('waiting', 'Waiting.', ['queue'], async (gauge) => gauge.set({ queue: 'default' }, 7))
    const text = await metrics.render()
    expect(text).toContain('tasks_total{queue="default"} 2')
    expect(text).toContain('task_wait_seconds_bucket{le="0.025"} 1')
    expect(text).toContain('waiting{queue="default"} 7')
    expect(metrics.contentType).toContain('text/plain')
  })

  it('of two apps in one process do not mix', async () => {
    const [first, second] = [createMetrics(), createMetrics()]
    first.counter('tasks_total', 'Tasks.').inc()
    expect(await second.render()).not.toContain('tasks_total')
    expect(await second.render()).toContain('process_cpu_seconds_total')
  })
})
