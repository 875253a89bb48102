import type { Task } from '@inferq/domain'
import type { Services } from '../services.ts'
import type { Waiting } from './waiting.ts'

/** Further back a task's place is not looked for; it changes faster than anyone reads it. */
const placesLookedAt = 1_000

/** What a queued task waits for that has no job of ours: an agent that pulls it. */
export async function whyItWaitsForAnAgent(
  { queues, agentsLine, agents }: Pick<Services, 'queues' | 'agentsLine' | 'agents'>,
  { id, company, queue: name }: Task & { queue: string },
): Promise<Waiting> {
  const queue = await queues.findQueue(company, name)
  if (!queue) return { position: null, waits_for: null }
  const [entries, registered] = await Promise.all([
    agentsLine.entries([queue.id], placesLookedAt),
    agents.list(company),
  ])
  const place = entries.findIndex(({ taskId }) => taskId === id)
  const position = place < 0 ? null : place
  if (queue.paused) return { position, waits_for: { code: 'paused', message: `queue "${name}" is paused` } }
  if (position === null && entries.length < placesLookedAt) {
    const message = 'an agent took it and has not started it yet, or it was taken out of its queue'
    return { position, waits_for: { code: 'agent', message } }
  }
  if (!registered.some(({ queues }) => queues.includes(queue.id))) {
    const message = `it is a task for agents, and none is registered for queue "${name}"`
    return { position, waits_for: { code: 'no_watcher', message } }
  }
  if (position === 0) return { position, waits_for: { code: 'agent', message: 'the next agent that pulls gets it' } }
  const before = position === null ? `at least ${placesLookedAt}` : String(position)
  return { position, waits_for: { code: 'behind', message: `${before} served before it` } }
}
