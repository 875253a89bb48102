import type { WaitReason } from '@inferq/contracts'
import { attemptOf, currentJobId, type Task } from '@inferq/domain'
import type { Services } from '../services.ts'
import { whyItWaitsForAnAgent } from './wait-for-agent.ts'
import type { Waiting } from './waiting.ts'

const notWaiting: Waiting = { position: null, waits_for: null }

/** Where a task stands and what it waits for, in words that a producer can act on. */
export async function whyItWaits(
  services: Pick<Services, 'line' | 'queues' | 'agentsLine' | 'agents'>,
  task: Task,
): Promise<Waiting> {
  if (task.status === 'in_progress') return waitingForAttempt(task)
  if (task.status !== 'queued' || task.queue === null) return notWaiting
  const ref = { company: task.company, queue: task.queue }
  try {
    if (task.job === null) return await whyItWaitsForAnAgent(services, { ...task, queue: task.queue })
    const [position, workers, queue] = await Promise.all([
      services.line.position(ref, currentJobId(task)),
      services.line.watchers(task.company),
      services.queues.findQueue(task.company, task.queue),
    ])
    const watched = workers.some((worker) => worker.queues.includes(ref.queue))
    return { position, waits_for: reason(ref.queue, { position, watched, paused: queue?.paused ?? false }) }
  } catch {
    return {
      position: null,
      waits_for: { code: 'queue_unreachable', message: 'the queue cannot be reached right now' },
    }
  }
}

function reason(
  queue: string,
  { position, watched, paused }: { position: number | null; watched: boolean; paused: boolean },
): WaitReason {
  if (paused) return { code: 'paused', message: `queue "${queue}" is paused` }
  if (!watched) return { code: 'no_watcher', message: `no worker watches queue "${queue}"` }
  if (position === null) return { code: 'redelivery', message: 'it is being handed to a worker' }
  if (position > 0) return { code: 'behind', message: `${position} served before it` }
  return { code: 'next', message: 'it is next; every slot of the workers is taken' }
}

function waitingForAttempt(task: Task): Waiting {
  if (task.nextAttemptAt === null || task.error === null) return notWaiting
  const next = attemptOf(task) + 1
  if (task.error.code === 'WORKER_SHUTDOWN') {
    return {
      position: null,
      waits_for: { code: 'redelivery', message: 'its worker left; it goes to the next free one' },
    }
  }
  const message = `attempt ${next} starts at ${task.nextAttemptAt.toISOString()}; the last one failed: ${task.error.message}`
  return { position: null, waits_for: { code: 'retry', message } }
}
