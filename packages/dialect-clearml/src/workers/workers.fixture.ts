import type { WorkerReport } from '@inferq/contracts'
import { patientConnection, reportWorker } from '@inferq/queue'
import { sharedRedisUrl } from '@inferq/testkit'

/** One heartbeat of a native worker. */
export async function reportNative(company: string, more: Partial<WorkerReport>): Promise<void> {
  const redis = patientConnection({ url: sharedRedisUrl(), name: 'native', log: { warn() {} } })
  const machine = { cpus: 1, load: 0, memoryUsedBytes: 1, memoryTotalBytes: 2, gpus: [] }
  await reportWorker(redis, company, {
    ...{ v: 1, id: 'native', host: 'h', pid: 1, state: 'running', queues: [], concurrency: 1, running: [], models: [] },
    ...{ machine, startedAt: Date.now() - 5_000, at: Date.now() },
    ...more,
  })
  redis.disconnect()
}
