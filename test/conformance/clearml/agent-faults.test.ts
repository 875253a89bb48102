import { until } from '@inferq/testkit'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type AgentSystem, startAgentSystem } from '../../lib/clearml-agent/system.ts'

let system: AgentSystem
beforeAll(async () => {
  system = await startAgentSystem({ INFERQ_CLEARML_LEASE_SECONDS: '3' })
})
afterEach(() => system.stopAgents())
afterAll(() => system.stop())

const isListed = (worker: string) => async () => (await system.workers()).includes(worker)

/** Every task ends, and none was started twice by any of the agents' outputs. */
async function expectEachOnce(
  tasks: readonly string[],
  agents: readonly { said: (did: string) => readonly object[] }[],
) {
  for (const task of tasks) await system.untilTask(task, 'completed')
  const started = agents.flatMap((agent) => agent.said('executing')).map((one) => Reflect.get(one, 'task'))
  expect(started.toSorted()).toEqual([...tasks].toSorted())
}

describe('the api killed and started again', { timeout: 120_000 }, () => {
  it('costs a task that an agent runs nothing: it is completed, with all that it reported', async () => {
    const queue = await system.newQueue()
    const task = await system.enqueueTask(queue, { steps: 60 })
    const agent = await system.agent({ host: 'patient', queues: [queue] })
    await agent.until('step', { round: 5 })
    await system.restartApi(async () => {
      await agent.until('retry')
    })
    const ended = await system.untilTask(task, 'completed')
    expect(ended).toMatchObject({ last_worker: agent.worker, last_iteration: 59 })
    expect(agent.said('executing')).toHaveLength(1)
    const { total } = await system.clearml.ok('events.get_task_log', { task })
    // A line whose answer was lost is sent again.
    expect(total).toBeGreaterThanOrEqual(62)
  })

  it('loses no task of a queue that agents are at work on', async () => {
    const queue = await system.newQueue()
    const tasks = await Promise.all(Array.from({ length: 10 }, () => system.enqueueTask(queue, { steps: 2 })))
    const agents = await Promise.all(['left', 'right'].map((host) => system.agent({ host, queues: [queue] })))
    await agents[0]?.until('completed')
    await system.restartApi()
    await expectEachOnce(tasks, agents)
  })

  it('knows agents as before, and registers new ones', async () => {
    const queue = await system.newQueue()
    const agent = await system.agent({ host: 'stays', queues: [queue] })
    await agent.until('report')
    await system.restartApi()
    expect(await system.workers()).toContain('stays:0')
    await agent.process.stop()
    expect(await system.workers()).not.toContain('stays:0')
    await system.agent({ host: 'stays', queues: [queue] })
    await until(isListed('stays:0'), { what: 'the agent to be registered again', timeoutMs: 30_000 })
  })
})

describe('Redis that loses everything while agents poll', { timeout: 120_000 }, () => {
  it('has its agents back with their next report, and loses no task', async () => {
    const queue = await system.newQueue()
    const agents = await Promise.all(['one', 'two'].map((host) => system.agent({ host, queues: [queue] })))
    for (const agent of agents) await agent.until('report')
    const tasks = await Promise.all(Array.from({ length: 10 }, () => system.enqueueTask(queue, { steps: 2 })))
    await agents[0]?.until('step')
    const redis = new Redis(system.inferq.redis.url)
    await redis.flushall()
    redis.disconnect()
    for (const { worker } of agents)
      await until(isListed(worker), { what: `${worker} to be listed`, timeoutMs: 30_000 })
    await expectEachOnce(tasks, agents)
  })
})
