import { until } from '@inferq/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type AgentSystem, startAgentSystem } from '../../lib/clearml-agent/system.ts'

const long = 100_000
const leaseSeconds = 3
const silenceSeconds = 6
/** Longer than the silence, and so long that whoever comes next has the lease on sweeping at once. */
const awaySeconds = 12

let system: AgentSystem
beforeAll(async () => {
  system = await startAgentSystem({
    INFERQ_CLEARML_LEASE_SECONDS: `${leaseSeconds}`,
    INFERQ_CLEARML_SILENCE_SECONDS: `${silenceSeconds}`,
  })
})
afterEach(() => system.stopAgents())
afterAll(() => system.stop())

/** A queue of two tasks, of which an agent has taken the first, and hangs. */
async function takenByHanging(host: string) {
  const queue = await system.newQueue()
  const [task, next] = [await system.enqueueTask(queue), await system.enqueueTask(queue)]
  const agent = await system.agent({ host, queues: [queue], pauseAfter: 'pop' })
  await agent.until('paused')
  expect(await system.waiting(queue)).toEqual([next])
  const isBack = async () => (await system.waiting(queue)).length === 2
  return {
    queue,
    task,
    next,
    agent,
    backInLine: () => until(isBack, { what: 'the task to be back', timeoutMs: 30_000 }),
  }
}

describe('an agent that is lost before it started the task that it took', { timeout: 120_000 }, () => {
  it('costs its task nothing but the time of the lease: it is the first in line again, and another agent runs it', async () => {
    const { queue, task, next, agent, backInLine } = await takenByHanging('lost-early')
    await agent.process.kill()
    await backInLine()
    expect(await system.waiting(queue)).toEqual([task, next])
    const { status, status_message } = await system.task(task)
    expect(status).toBe('queued')
    expect(status_message).toContain('Agent lost-early took the task and was lost before it started it')
    const other = await system.agent({ host: 'helper', queues: [queue] })
    for (const id of [task, next]) await system.untilTask(id, 'completed')
    expect(other.said('pop').map((pop) => pop.task)).toEqual([task, next])
    const history = await Array.fromAsync(system.inferq.client.events(task))
    expect(history.slice(0, 3)).toMatchObject([
      { type: 'queued' },
      { type: 'redelivered', worker: 'lost-early', reason: status_message },
      { type: 'started' },
    ])
  })

  it('runs the task after all when it comes back before anybody else took it', async () => {
    const { queue, task, next, agent, backInLine } = await takenByHanging('back-in-time')
    await backInLine()
    agent.process.resume()
    await system.untilTask(next, 'completed')
    expect(agent.said('started').map((one) => one.task)).toEqual([task, next])
    expect(await system.waiting(queue)).toEqual([])
  })

  it('is sent on when it comes back after another agent took the task: one run, not two', async () => {
    const { queue, task, next, agent, backInLine } = await takenByHanging('back-too-late')
    await backInLine()
    const other = await system.agent({ host: 'successor', queues: [queue] })
    await other.until('completed', { task })
    await other.until('completed', { task: next })
    agent.process.resume()
    expect((await agent.until('skipped', { task })).why).toContain('successor has taken it since')
    await agent.until('poll', { round: 2 })
    expect(agent.said('started')).toEqual([])
    expect(await system.task(task)).toMatchObject({ status: 'completed', last_worker: other.worker })
  })
})

describe('an agent that is lost in the middle of a run', { timeout: 120_000 }, () => {
  it('leaves a task that is stopped after its silence, and says that the machine was lost and not that the code failed', async () => {
    const queue = await system.newQueue()
    const task = await system.enqueueTask(queue, { steps: long })
    const agent = await system.agent({ host: 'lost-late', queues: [queue] })
    await agent.until('step', { round: 2 })
    await agent.process.kill()
    const ended = await system.untilTask(task, 'stopped')
    expect(ended.status_reason).toBe('Forced stop (non-responsive)')
    expect(ended.status_message).toMatch(/^Forced stop \(non-responsive\): agent lost-late:0 was lost\./)
    expect(ended.status_message).toContain('its machine or its connection was lost')
  })

  it('is not taken for lost while it could not reach the server, however long that was', async () => {
    const queue = await system.newQueue()
    const task = await system.enqueueTask(queue, { steps: long })
    const agent = await system.agent({ host: 'cut-off', queues: [queue] })
    await agent.until('step', { round: 2 })
    const before = agent.said('step').length
    const silentUntil = Date.now() + awaySeconds * 1_000
    await system.restartApi(async () => {
      await until(() => Date.now() > silentUntil, { what: 'that to pass', timeoutMs: 30_000 })
    })
    await agent.until('step', { round: before + 20 })
    expect((await system.task(task)).status).toBe('in_progress')
    await system.clearml.ok('tasks.stop', { task })
    await agent.until('stopped', { task, answer: '200/0' })
  })
})
