import type { Agent, AgentRegistry } from '@inferq/domain'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { agentKey, agentMember, agentsKey } from './keys.ts'
import { answeringUnreachable } from './unreachable.ts'

const StoredAgent = z.object({
  id: z.string(),
  key: z.string(),
  company: z.string(),
  user: z.string(),
  ip: z.string(),
  queues: z.array(z.string()),
  tags: z.array(z.string()),
  systemTags: z.array(z.string()),
  registerTimeoutSeconds: z.number(),
  registeredAt: z.coerce.date(),
  lastActivityAt: z.coerce.date(),
  lastReportAt: z.coerce.date().nullable(),
  task: z.string().nullable(),
  queue: z.string().nullable(),
  runtime: z.record(z.string(), z.string()),
})

/**
 * Agents in Redis: one entry per company, user and worker id, which Redis forgets when the agent's own timeout has
 * passed since its last activity. `redis` must fail fast (see requestConnection).
 */
export function createAgentRegistry(redis: Redis): AgentRegistry {
  async function read(company: string, members: readonly string[]): Promise<(Agent | null)[]> {
    if (members.length === 0) return []
    const texts = await redis.mget(...members.map((member) => agentKey(company, member)))
    return texts.map(agentOf)
  }

  async function remove(company: string, member: string): Promise<boolean> {
    const answers = await redis.multi().del(agentKey(company, member)).srem(agentsKey(company), member).exec()
    return answers?.[0]?.[1] === 1
  }

  const registry: AgentRegistry = {
    async put(agent) {
      const member = agentMember(agent.user, agent.id)
      const leftMs = agent.lastActivityAt.getTime() + agent.registerTimeoutSeconds * 1_000 - Date.now()
      if (leftMs <= 0) return void (await remove(agent.company, member))
      await redis
        .multi()
        .set(agentKey(agent.company, member), JSON.stringify(agent), 'PX', Math.ceil(leftMs))
        .sadd(agentsKey(agent.company), member)
        .exec()
    },

    async find(company, user, id) {
      const [agent] = await read(company, [agentMember(user, id)])
      return agent ?? null
    },

    async list(company) {
      const members = (await redis.smembers(agentsKey(company))).sort()
      const agents = await read(company, members)
      const gone = members.filter((_, index) => agents[index] === null)
      if (gone.length > 0) await redis.srem(agentsKey(company), ...gone)
      return agents.filter((agent) => agent !== null)
    },

    remove: (company, user, id) => remove(company, agentMember(user, id)),
  }
  return answeringUnreachable(registry, redis)
}

/** Null also for what another version of this server wrote: the agent registers anew within its reporting interval. */
function agentOf(text: string | null): Agent | null {
  return text === null ? null : (StoredAgent.safeParse(JSON.parse(text)).data ?? null)
}
