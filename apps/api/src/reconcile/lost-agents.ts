import { type Ports, returnLeases, stopSilent } from '@inferq/domain'
import type { Hearing } from './hearing.ts'

/** How long agents must have been able to reach us before one that says nothing counts as lost; they retry for minutes. */
const heardAfterMs = 10 * 60_000
const silentEveryMs = 60_000

export interface LostAgentsParts {
  ports: Pick<Ports, 'tasks' | 'projects' | 'agentsLine' | 'limits'>
  hearing: Hearing
  /** How long a started task may give no sign of life. */
  agentSilenceMs: number
  now?: () => number
}

/**
 * The tasks of agents that were lost, before they started them or after. After a time in which nobody could reach us
 * every agent first has as long to speak up as it has anyway, at most ten minutes.
 */
export function lostAgents({ ports, hearing, agentSilenceMs, now = Date.now }: LostAgentsParts) {
  let silentAt = 0
  const wasHeardFor = (ms: number) => hearing.forMs >= Math.min(ms, heardAfterMs)
  return {
    /** Answers how many tasks are in line again. */
    async returnLeases(): Promise<number> {
      return wasHeardFor(ports.limits.leaseSeconds * 1_000) ? returnLeases(ports) : 0
    },
    /** Answers how many tasks were stopped. Looks once a minute, or more often where the silence is shorter. */
    async stopSilent(): Promise<number> {
      if (now() < silentAt || !wasHeardFor(agentSilenceMs)) return 0
      silentAt = now() + Math.min(agentSilenceMs, silentEveryMs)
      return stopSilent(ports, agentSilenceMs)
    },
  }
}
