import { type Agent, isTakenOver } from '@inferq/domain'
import type { Call } from '../call.ts'
import { changeOwnTask } from '../document/change-own-task.ts'
import { defineEndpoint } from '../endpoint.ts'
import { invalid } from '../query/refuse.ts'
import { list, object, optional, text, whole } from '../transport/fields.ts'
import { agentOf } from './agent-of.ts'
import { machineStats, samplesOf } from './machine-stats.ts'
import { newAgent, workerId } from './own-agent.ts'

/** What an agent does now; one that is unknown is registered by it. The task it names shows its sign of life. */
export const workersStatusReport = defineEndpoint('workers.status_report', {
  since: '2.4',
  request: object({
    worker: workerId,
    timestamp: whole,
    task: optional(text),
    queue: optional(text),
    queues: optional(list(text)),
    machine_stats: optional(machineStats),
    tags: optional(list(text)),
    system_tags: optional(list(text)),
  }),
  async handle(call, { worker, timestamp, task, queue, queues, machine_stats, tags, system_tags }) {
    const { services, identity } = call
    const at = dateOf(timestamp)
    const now = new Date()
    const agent: Agent = (await services.agents.find(identity.company, identity.user, worker)) ?? newAgent(call, worker)
    await services.agents.put({
      ...agent,
      ...{ ip: call.ip, lastActivityAt: now, lastReportAt: now },
      ...{ task: task || null, queue: queue || null },
      queues: queues?.length ? queues : agent.queues,
      tags: tags ?? agent.tags,
      systemTags: system_tags ?? agent.systemTags,
    })
    if (task) await reportTask(call, task, worker)
    if (machine_stats) {
      const reported = { company: identity.company, worker, at, task: task || null }
      await services.samples.addWorkerSamples(samplesOf(machine_stats, reported))
    }
    return {}
  },
})

/** Says nothing on a task that another agent has taken over. Throws 400/101 for an unknown one. */
async function reportTask(call: Call, id: string, worker: string): Promise<void> {
  const { leaseSeconds } = call.services.settings
  await changeOwnTask(call, id, (task) =>
    isTakenOver(task, agentOf(call).agent)
      ? null
      : {
          set: {
            worker,
            workerReportedAt: 'now',
            ...(task.leaseUntil === null ? {} : { leaseUntil: { secondsFromNow: leaseSeconds } }),
          },
        },
  )
}

/** Agents send milliseconds, though the reference says seconds; no agent reported before 2001. */
const firstMilliseconds = 1e12

function dateOf(timestamp: number): Date {
  const date = new Date(timestamp < firstMilliseconds ? timestamp * 1_000 : timestamp)
  if (timestamp < 0 || Number.isNaN(date.getTime())) throw invalid('timestamp', 'expected milliseconds since 1970')
  return date
}
