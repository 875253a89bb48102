import type { QueueView, WorkerReport } from '@inferq/contracts'
import type { Agent, LineCounts, QueueRecord } from '@inferq/domain'
import { readRates } from '@inferq/queue'
import type { Services } from '../../services.ts'

/** Queues with their figures. What Redis cannot be asked for is null, which is not the same as none. */
export async function queueViews(services: Services, company: string, records: readonly QueueRecord[]) {
  const refs = records.map(({ name }) => ({ company, queue: name }))
  const [counts, workers, agents, rates] = await Promise.all([
    orNull(services.line.counts(refs)),
    orNull(services.line.watchers(company)),
    orNull(services.agents.list(company)),
    orNull(readRates(services.redis, company)),
  ])
  return records.map((record, index) => queueView(record, { count: counts?.[index] ?? null, workers, agents, rates }))
}

interface Figures {
  count: LineCounts | null
  workers: readonly WorkerReport[] | null
  agents: readonly Agent[] | null
  rates: Awaited<ReturnType<typeof readRates>> | null
}

function queueView(record: QueueRecord, { count, workers, agents, rates }: Figures): QueueView {
  const { name, oldestQueuedAt } = record
  return {
    name,
    id: record.id,
    default: record.isDefault,
    paused: record.paused,
    waiting: count?.waiting ?? null,
    active: count?.active ?? null,
    delayed: count?.delayed ?? null,
    waiting_for_agents: record.agentsWaiting,
    oldest_waiting_seconds: oldestQueuedAt && Math.max(0, Date.now() - oldestQueuedAt.getTime()) / 1_000,
    watchers: workers?.filter((worker) => worker.queues.includes(name)).map((worker) => worker.id) ?? null,
    agents: agents?.filter((agent) => agent.queues.includes(record.id)).map((agent) => agent.id) ?? null,
    started_per_minute: rates?.(name, 'started') ?? null,
    finished_per_minute: rates?.(name, 'finished') ?? null,
  }
}

const orNull = <Value>(value: Promise<Value>): Promise<Value | null> => value.catch(() => null)
