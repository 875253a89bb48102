import type { Agent } from '@inferq/domain'
import type { Call } from '../call.ts'
import { text } from '../transport/fields.ts'
import { workerKey } from './live-workers.ts'

const longestId = 500
export const workerId = text.min(1).max(longestId)

export const usualTimeoutSeconds = 600

/** The caller's agent of that id as it registers now, with nothing said yet of what it does. */
export function newAgent({ identity, ip }: Call, id: string): Agent {
  const { company, user } = identity
  const now = new Date()
  return {
    ...{ id, company, user, ip, key: workerKey(company, user, id) },
    ...{ queues: [], tags: [], systemTags: [], runtime: {} },
    ...{ registerTimeoutSeconds: usualTimeoutSeconds, registeredAt: now, lastActivityAt: now },
    ...{ lastReportAt: null, task: null, queue: null },
  }
}

/** Anybody's of the company, the caller's own before all. Null: no such agent is registered. */
export async function findAgent({ services, identity }: Call, id: string): Promise<Agent | null> {
  const own = await services.agents.find(identity.company, identity.user, id)
  return own ?? (await services.agents.list(identity.company)).find((agent) => agent.id === id) ?? null
}
