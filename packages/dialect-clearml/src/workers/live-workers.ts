import { parseJobId, type WorkerReport } from '@inferq/contracts'
import type { Agent, QueueRecord } from '@inferq/domain'
import type { Call } from '../call.ts'

/** A worker that is alive now, of whichever kind. */
export interface LiveWorker {
  id: string
  key: string
  /** User id; null of a native worker, which needs none. */
  user: string | null
  ip: string | null
  /** Queue ids. */
  queues: readonly string[]
  queue: string | null
  task: string | null
  tags: readonly string[]
  systemTags: readonly string[]
  registeredAt: Date
  registerTimeoutSeconds: number | null
  lastActivityAt: Date
  lastReportAt: Date | null
}

/** Agents that registered, then native workers by their heartbeats. */
export async function liveWorkers({ services, identity }: Pick<Call, 'services' | 'identity'>): Promise<LiveWorker[]> {
  const { company } = identity
  const [agents, native] = await Promise.all([services.agents.list(company), services.line.watchers(company)])
  if (native.length === 0) return agents.map(ofAgent)
  const queues = await services.queues.listQueues(company)
  return [...agents.map(ofAgent), ...native.map((report) => ofReport(company, queues, report))]
}

export const workerKey = (company: string, user: string, worker: string) => `worker_${company}_${user}_${worker}`

const ofAgent = ({ runtime, company, ...agent }: Agent): LiveWorker => agent

function ofReport(company: string, queues: readonly QueueRecord[], report: WorkerReport): LiveWorker {
  const [running] = report.running
  return {
    id: report.id,
    key: workerKey(company, '', report.id),
    user: null,
    ip: null,
    queues: report.queues.flatMap((name) => queues.find((queue) => queue.name === name)?.id ?? []),
    queue: null,
    task: (running === undefined ? null : parseJobId(running)?.taskId) ?? null,
    tags: [],
    systemTags: [],
    registeredAt: new Date(report.startedAt),
    registerTimeoutSeconds: null,
    lastActivityAt: new Date(report.at),
    lastReportAt: new Date(report.at),
  }
}
