import { setTimeout as sleep } from 'node:timers/promises'
import { type Ports, type SampleStore, sampleQueues } from '@inferq/domain'
import { type Redis, takeSampleTurn } from '@inferq/queue'
import type { Logger } from '@inferq/telemetry'

export interface SamplerParts {
  ports: Pick<Ports, 'queues' | 'agentsLine' | 'line'>
  samples: SampleStore
  redis: Redis
  log: Pick<Logger, 'warn'>
  intervalMs?: number
}

const usualIntervalMs = 60_000
const keptMs = 7 * 24 * 60 * 60_000
const dropEveryMs = 60 * 60_000
const queuesAtOnce = 20

/** Takes the figures of every queue once per interval, on whichever api instance asks first, and drops old ones. */
export function startSampler(parts: SamplerParts): { stop(): Promise<void> } {
  const { ports, samples, redis, log, intervalMs = usualIntervalMs } = parts
  const stopping = new AbortController()
  let dropAt = 0
  const done = loop()

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        // A little less than the interval, or the one who took the last turn would be too early for the next.
        if (await takeSampleTurn(redis, Math.ceil(intervalMs * 0.9))) await takeTurn()
      } catch (error) {
        log.warn({ err: error }, 'queue figures not taken')
      }
      await sleep(intervalMs, undefined, { signal: stopping.signal }).catch(() => {})
    }
  }

  async function takeTurn(): Promise<void> {
    const queues = await ports.queues.listAllQueues()
    for (let start = 0; start < queues.length; start += queuesAtOnce) {
      await samples.addQueueSamples(await sampleQueues(ports, queues.slice(start, start + queuesAtOnce)))
    }
    if (Date.now() < dropAt) return
    dropAt = Date.now() + dropEveryMs
    await samples.dropOlderThan(keptMs)
  }

  return {
    async stop() {
      stopping.abort()
      await done
    },
  }
}
