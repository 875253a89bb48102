import { WorkerReport } from '@inferq/contracts'
import type { Redis } from 'ioredis'
import { workerReportKey, workersKey } from './keys.ts'

export const heartbeatIntervalMs = 2_000
/** A worker that has been silent for so long is no watcher any more. */
const reportLifetimeMs = 10_000

/** Announces the worker as a watcher of its queues until the report's lifetime is over. */
export async function reportWorker(redis: Redis, company: string, report: WorkerReport): Promise<void> {
  await redis
    .multi()
    .set(workerReportKey(company, report.id), JSON.stringify(report), 'PX', reportLifetimeMs)
    .zadd(workersKey(company), report.at, report.id)
    .exec()
}

export async function forgetWorker(redis: Redis, company: string, workerId: string): Promise<void> {
  await redis.multi().del(workerReportKey(company, workerId)).zrem(workersKey(company), workerId).exec()
}

/** The workers alive now, longest silent first. Those whose report has expired are struck off on the way. */
export async function readWorkers(redis: Redis, company: string): Promise<WorkerReport[]> {
  const ids = await redis.zrange(workersKey(company), '0', '-1')
  if (ids.length === 0) return []
  const texts = await redis.mget(...ids.map((id) => workerReportKey(company, id)))
  const gone = ids.filter((_, index) => texts[index] === null)
  if (gone.length > 0) await redis.zrem(workersKey(company), ...gone)
  return texts.flatMap((text) => {
    // A report of a newer worker's shape is skipped rather than breaking the page for the others.
    const parsed = text === null ? null : WorkerReport.safeParse(JSON.parse(text))
    return parsed?.success ? [parsed.data] : []
  })
}
