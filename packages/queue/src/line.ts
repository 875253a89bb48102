import { jobIdOf, type WorkerReport } from '@inferq/contracts'
import type { JobToAdd, QueueRef, TaskQueue } from '@inferq/domain'
import { type JobsOptions, Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import { quietly, type RedisLog } from './connection.ts'
import { readImageModels } from './image-models.ts'
import { bullPrefix, lineKey, lineName } from './keys.ts'
import { lineReader } from './line-reader.ts'
import { moveJob } from './move-job.ts'
import { requestStop } from './stop-flags.ts'
import { answeringUnreachable } from './unreachable.ts'
import { readWorkers } from './workers.ts'

/** BullMQ's own events are hints that nobody here reads: the outcomes stream is the ledger. */
const keptEvents = 10

/** The line of native jobs, on BullMQ. `redis` must fail fast (see requestConnection). */
export function createLine(redis: Redis, log: RedisLog): TaskQueue & { close(): Promise<void> } {
  const queues = new Map<string, Queue>()

  function queueOf(ref: QueueRef): Queue {
    const name = lineName(ref)
    let queue = queues.get(name)
    if (!queue) {
      queue = new Queue(name, {
        connection: redis,
        prefix: bullPrefix,
        skipVersionCheck: true,
        streams: { events: { maxLen: keptEvents } },
      })
      queue.on('error', quietly(log, 'queue'))
      queues.set(name, queue)
    }
    return queue
  }

  const line: TaskQueue = {
    async addJobs(jobs) {
      const groups = Map.groupBy(jobs, ({ ref }) => lineName(ref))
      await Promise.all(
        [...groups.values()].map((group) => queueOf((group[0] as JobToAdd).ref).addBulk(group.map(bullJobOf))),
      )
    },

    async removeJob(ref, jobId) {
      const [known, removed] = await Promise.all([redis.exists(lineKey(ref, jobId)), queueOf(ref).remove(jobId)])
      if (removed === 0) return 'held'
      return known === 1 ? 'removed' : 'absent'
    },

    requestStop: (ref, jobId) => requestStop(redis, ref, jobId),

    moveJob: (ref, jobId, to) => moveJob(redis, ref, jobId, to),

    ...lineReader(redis),

    async setPaused(ref, paused) {
      const queue = queueOf(ref)
      await (paused ? queue.pause() : queue.resume())
    },

    imageModels: (company) => readImageModels(redis, company),
    watchers: (company): Promise<readonly WorkerReport[]> => readWorkers(redis, company),
  }

  return {
    ...answeringUnreachable(line, redis),
    close: async () => {
      await Promise.all([...queues.values()].map((queue) => queue.close()))
    },
  }
}

function bullJobOf({ priority, payload }: JobToAdd) {
  const opts: JobsOptions = {
    jobId: jobIdOf(payload.taskId, payload.run),
    // Every job has one: an unprioritised job would overtake priority 1.
    priority,
    attempts: payload.attempts,
    // What readers of the line see as the time it was added; a job that is made again keeps it.
    timestamp: payload.queuedAt,
    backoff: { type: 'verdict' },
    removeOnComplete: true,
    removeOnFail: true,
  }
  return { name: payload.job, data: payload, opts }
}
