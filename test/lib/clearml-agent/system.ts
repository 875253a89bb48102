import { randomBytes } from 'node:crypto'
import { type ClearmlCaller, clearmlCaller, until } from '@inferq/testkit'
import { accessKey, type Inferq, type InferqOptions, secretKey, startInferq } from '../inferq.ts'
import { type AgentOptions, type SimulatedAgent, startAgent } from './agent.ts'

/** A task as ClearML's documents have it, as far as these tests look at one. */
export interface TaskDocument {
  id: string
  status: string
  status_reason: string
  status_message: string
  last_worker?: string
  started?: string
  runtime: Record<string, unknown>
  script: Record<string, unknown>
  last_iteration: number
}

export interface AgentSystem {
  readonly inferq: Inferq
  readonly clearml: ClearmlCaller
  newQueue(more?: object): Promise<string>
  /** Enqueued there; runs for so many steps of the agent that takes it. */
  enqueueTask(queue: string, args?: { steps?: number; fails?: boolean }): Promise<string>
  agent(options: AgentOptions): Promise<SimulatedAgent>
  task(id: string): Promise<TaskDocument>
  /** Waits until the task has this status. */
  untilTask(id: string, status: string): Promise<TaskDocument>
  /** Ids of the tasks that wait in this queue, the first one first. */
  waiting(queue: string): Promise<string[]>
  /** Ids of the workers that are registered. */
  workers(): Promise<string[]>
  /** Ends the api as a crash does, and lets it stay away until `meanwhile` is done; then the same address answers. */
  restartApi(meanwhile?: () => Promise<void>): Promise<void>
  /** Kills those that are still there. */
  stopAgents(): Promise<void>
  stop(): Promise<void>
}

/** An Inferq whose tasks agents run: no worker of its own. */
export async function startAgentSystem(api: InferqOptions['api'] = {}): Promise<AgentSystem> {
  const inferq = await startInferq({ worker: null, api })
  const agents: SimulatedAgent[] = []
  const clearml = await clearmlCaller(inferq.url, accessKey, secretKey)
  let current = inferq.api
  const { ok } = clearml
  const task: AgentSystem['task'] = async (id) => (await ok('tasks.get_by_id', { task: id })).task
  const stopAgents = async () => {
    await Promise.all(agents.splice(0).map(({ process }) => process.kill()))
  }
  return {
    ...{ inferq, clearml, task },
    newQueue: async (more = {}) =>
      (await ok('queues.create', { name: `queue ${randomBytes(6).toString('hex')}`, ...more })).id,
    async enqueueTask(queue, { steps = 0, fails = false } = {}) {
      const args = { steps: argument('steps', `${steps}`), fails: argument('fails', `${fails}`) }
      const { id } = await ok('tasks.create', {
        ...{ name: 'a training', type: 'training', hyperparams: { Args: args } },
        script: { repository: 'https://example.org/r.git', entry_point: 'train.py', working_dir: '.', diff: '+1' },
      })
      await ok('tasks.enqueue', { task: id, queue })
      return id
    },
    async agent(options) {
      const agent = await startAgent(inferq.url, options)
      agents.push(agent)
      return agent
    },
    async untilTask(id, status) {
      const isThere = async () => {
        const now = await task(id)
        if (now.status === status) return now
        throw new Error(`it is ${now.status}: ${now.status_message}`)
      }
      return until(isThere, { what: `task ${id} to be ${status}`, timeoutMs: 40_000, intervalMs: 50 })
    },
    waiting: async (queue) => {
      const { entries } = (await ok('queues.get_by_id', { queue })).queue
      return entries.map((entry: { task: string }) => entry.task)
    },
    workers: async () => (await ok('workers.get_all')).workers.map(({ id }: { id: string }) => id),
    async restartApi(meanwhile = async () => {}) {
      await current.kill()
      await meanwhile()
      current = (await inferq.startApi({ PORT: new URL(inferq.url).port })).api
    },
    stopAgents,
    async stop() {
      await stopAgents()
      await inferq.stop()
    },
  }
}

const argument = (name: string, value: string) => ({ section: 'Args', name, value })
