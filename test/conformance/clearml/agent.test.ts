import { until } from '@inferq/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type AgentSystem, startAgentSystem } from '../../lib/clearml-agent/system.ts'

const long = 100_000

let system: AgentSystem
beforeAll(async () => {
  system = await startAgentSystem()
})
afterEach(() => system.stopAgents())
afterAll(() => system.stop())

const kinds = (said: readonly { did: string }[]) => said.map(({ did }) => did)

describe('an agent that speaks as clearml-agent does', () => {
  it('finds its queue by name, runs a task from pop to end, and gets every field that it reads', async () => {
    const name = `Queue (of) agents+${Date.now()}`
    const queue = await system.newQueue({ name })
    const task = await system.enqueueTask(queue, { steps: 15 })
    const agent = await system.agent({ host: 'whole', queues: [name] })
    await agent.until('completed', { answer: '200/0' })
    const seen = kinds(agent.said()).filter((did) => !['poll', 'report', 'step', 'polled', 'ping'].includes(did))
    expect(seen).toEqual([
      ...['login', 'queues', 'registered', 'pop', 'started', 'logged', 'runtime', 'launched'],
      ...['login', 'read', 'dequeued', 'executing', 'completed'],
    ])
    expect(agent.said('queues')).toMatchObject([{ queues: [queue] }])
    expect(agent.said('step')).toHaveLength(15)
    expect(agent.said('ping')).toHaveLength(1)
    const ended = await system.task(task)
    expect(ended).toMatchObject({ status: 'completed', last_worker: agent.worker, last_iteration: 14 })
    expect(ended.runtime).toMatchObject({ _agent: 'simulated' })
    expect(ended.script).toMatchObject({ requirements: { pip: 'numpy==2.0.0' }, entry_point: 'train.py', diff: '+1' })
    const { events } = await system.clearml.ok('events.get_task_log', { task })
    const messages = events.map(({ msg }: { msg: string }) => msg)
    expect(messages).toEqual(expect.arrayContaining(['Running task', 'step 0', 'step 14']))
  })

  it('says that a task failed when its program did', async () => {
    const queue = await system.newQueue()
    const task = await system.enqueueTask(queue, { steps: 1, fails: true })
    await system.agent({ host: 'failing', queues: [queue] })
    expect(await system.untilTask(task, 'failed')).toMatchObject({ status_message: 'failed by agent' })
  })

  it('shows in the list of workers with its task and its machine, and no more once it has left', async () => {
    const queue = await system.newQueue()
    const task = await system.enqueueTask(queue, { steps: long })
    const agent = await system.agent({ host: 'listed', queues: [queue] })
    await agent.until('step')
    const { workers } = await system.clearml.ok('workers.get_all', { worker_pattern: 'listed:*' })
    expect(workers).toMatchObject([{ id: 'listed:0', task: { id: task }, queue: { id: queue }, tags: ['simulated'] }])
    const { categories } = await system.clearml.ok('workers.get_metric_keys', { worker_ids: ['listed:0'] })
    expect(categories.map(({ name }: { name: string }) => name)).toEqual(expect.arrayContaining(['cpu', 'gpu']))
    expect(await agent.process.stop()).toMatchObject({ code: 0 })
    expect(kinds(agent.said())).toContain('unregistered')
    expect(await system.workers()).not.toContain('listed:0')
    expect((await system.task(task)).status).toBe('stopped')
  })

  it('takes from the default queue when it was told none', async () => {
    const { id: queue } = await system.clearml.ok('queues.get_default')
    const task = await system.enqueueTask(queue)
    await system.agent({ host: 'default', queues: [] })
    await system.untilTask(task, 'completed')
  })

  it('takes from several queues, and from the first as long as there is something', async () => {
    const [urgent, usual] = [await system.newQueue(), await system.newQueue()]
    const later = [await system.enqueueTask(usual), await system.enqueueTask(usual)]
    const first = [await system.enqueueTask(urgent), await system.enqueueTask(urgent)]
    const agent = await system.agent({ host: 'priorities', queues: [urgent, usual] })
    for (const task of later) await system.untilTask(task, 'completed')
    expect(agent.said('pop').map(({ task }) => task)).toEqual([...first, ...later])
  })
})

describe('two agents on one queue', () => {
  it('run each of twenty tasks, each exactly once', async () => {
    const queue = await system.newQueue()
    const tasks = await Promise.all(Array.from({ length: 20 }, () => system.enqueueTask(queue, { steps: 1 })))
    const agents = await Promise.all(
      ['pair-a', 'pair-b'].map((host) => system.agent({ host, queues: [queue], intervalMs: 10 })),
    )
    for (const task of tasks) await system.untilTask(task, 'completed')
    const started = agents.flatMap((agent) => agent.said('started').map(({ task }) => String(task)))
    expect(started.toSorted()).toEqual(tasks.toSorted())
    // Five in each run, as agents do it: pulled, launched, and three of the program itself.
    for (const task of tasks) {
      const history = await Array.fromAsync(system.inferq.client.events(task))
      expect(history.filter(({ type }) => type === 'started')).toHaveLength(5)
    }
    for (const agent of agents) {
      for (const { task } of agent.said('started')) {
        expect((await system.task(String(task))).last_worker).toBe(agent.worker)
      }
    }
  })
})

describe('a task that an agent runs', () => {
  const running = async (host: string) => {
    const queue = await system.newQueue()
    const task = await system.enqueueTask(queue, { steps: long })
    const agent = await system.agent({ host, queues: [queue] })
    await agent.until('step', { round: 1 })
    return { queue, task, agent }
  }

  it('is stopped by its agent at the next look after the request', async () => {
    const { task, agent } = await running('stopped')
    const asked = await system.clearml.ok('tasks.stop', { task })
    const answeredAt = Date.now()
    expect(asked.fields).toMatchObject({ status: 'in_progress', status_message: 'stopping' })
    expect(await agent.until('stopped')).toMatchObject({ task, answer: '200/0' })
    expect(await system.task(task)).toMatchObject({ status: 'stopped', status_message: 'stopped by agent' })
    const looks = agent.said('polled')
    expect(looks.filter(({ message }) => message === 'stopping')).toEqual(looks.slice(-1))
    expect(looks.filter(({ at }) => at >= answeredAt).length).toBeLessThanOrEqual(2)
  })

  it('gets the time to end well that it asked for', async () => {
    const { task, agent } = await running('callback')
    const { runtime } = await system.task(task)
    const wants = { ...runtime, _abort_callback_timeout: 600 }
    await system.clearml.ok('tasks.edit', { task, runtime: wants, force: true })
    await system.clearml.ok('tasks.stop', { task })
    await agent.until('aborting')
    const done = { ...wants, _abort_callback_completed: 1 }
    await system.clearml.ok('tasks.edit', { task, runtime: done, force: true })
    await agent.until('stopped')
    expect(kinds(agent.said()).slice(-3)).not.toContain('step')
  })

  it.each(['dequeue', 'reset'])('is let go when tasks.%s takes it away, and stays as that left it', async (action) => {
    const { task, agent } = await running(`aborted-by-${action}`)
    await system.clearml.ok(`tasks.${action}`, { task, force: true })
    expect(await agent.until('killed')).toMatchObject({ task, status: 'created' })
    expect(
      agent
        .said('polled')
        .slice(-5)
        .map(({ status }) => status),
    ).toEqual(Array(5).fill('created'))
    await agent.until('report', { task: null })
    expect((await system.task(task)).status).toBe('created')
  })

  it('runs anew when it is reset and enqueued while it runs', async () => {
    const { queue, task, agent } = await running('again')
    await system.clearml.ok('tasks.reset', { task, force: true })
    const args = { steps: { section: 'Args', name: 'steps', value: '1' } }
    await system.clearml.ok('tasks.edit', { task, hyperparams: { Args: args } })
    await system.clearml.ok('tasks.enqueue', { task, queue })
    await system.untilTask(task, 'completed')
    expect(agent.said('pop').map((pop) => pop.task)).toEqual([task, task])
    await until(() => agent.said('completed').length === 1, { what: 'one end' })
  })
})
