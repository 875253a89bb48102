import { setTimeout as sleep } from 'node:timers/promises'
import type { Say } from './say.ts'
import type { Session } from './session.ts'
import { assertShape } from './shapes.ts'

export interface RunParts {
  session: Session
  say: Say
  task: string
  intervalMs: number
  /** The agent says what it does, beside what the task says of itself. */
  report(): Promise<void>
  isStopping(): boolean
}

/** How a run ended. `gone`: somebody else has said so already. */
export type RunEnd = 'completed' | 'failed' | 'stopped' | 'gone'

/** Rounds of the loop between two pings and between two reports: 60 s, 30 s and 5 s in the agent itself. */
const pingEvery = 12
const reportEvery = 6
const createdPolls = 5

const polled = { tasks: [{ id: 'string', status: 'string', status_message: 'string' }] } as const

/**
 * The task's own program at work, and the agent watching over it: one log line and one scalar each round for as many
 * rounds as the parameter `Args/steps` says, and a look at the status, at which a stop request is seen.
 */
export async function runAndWatch(
  parts: RunParts,
  { steps, fails }: { steps: number; fails: boolean },
): Promise<RunEnd> {
  const { session, say, task, intervalMs } = parts
  let created = 0
  for (let round = 0; round < steps; round++) {
    await reportStep(parts, round)
    const { status, message } = await lookAtStatus(parts)
    if (parts.isStopping()) return 'stopped'
    if (status === 'in_progress' && message.includes('stopping')) {
      await awaitAbortCallback(parts)
      return 'stopped'
    }
    created = status === 'created' ? created + 1 : 0
    if (['closed', 'stopped', 'failed', 'published', 'queued'].includes(status) || created >= createdPolls) {
      say('killed', { task, status })
      return 'gone'
    }
    if (round % pingEvery === pingEvery - 1) {
      await session.ask('tasks.ping', { task }, {}, { version: '2.5' })
      say('ping', { task })
    }
    if (round % reportEvery === reportEvery - 1) await parts.report()
    await sleep(intervalMs)
  }
  return fails ? 'failed' : 'completed'
}

async function lookAtStatus({ session, say, task }: RunParts): Promise<{ status: string; message: string }> {
  const query = { id: [task], only_fields: ['id', 'status', 'status_message'], search_hidden: true }
  const { tasks } = await session.ask('tasks.get_all', query, polled, { version: '2.14' })
  // One that was deleted is as good as stopped.
  const { status = 'stopped', status_message: message = '' } = tasks[0] ?? {}
  say('polled', { task, status, message })
  return { status, message }
}

/** Log lines come from the agent, by POST; scalars from the task's own SDK, by GET. */
async function reportStep({ session, say, task }: RunParts, round: number): Promise<void> {
  const event = { task, timestamp: Date.now() }
  const line = { ...event, type: 'log', level: 'info', worker: 'agent', msg: `step ${round}` }
  const scalar = { ...event, type: 'training_stats_scalar', metric: 'loss', variant: 'train', iter: round }
  await addEvents(session, [line], 'POST')
  await addEvents(session, [{ ...scalar, value: 1 / (round + 1) }], 'GET')
  say('step', { task, round })
}

/** Every line must be taken, but for those of a task that is gone or published meanwhile. */
export async function addEvents(session: Session, lines: readonly object[], method: 'GET' | 'POST'): Promise<void> {
  const answer = await session.call('events.add_batch', {}, { version: '2.4', lines, method })
  const isTaskGone = answer.code === 400 && answer.subcode === 131
  if (isTaskGone) return
  const data: unknown = answer.data
  assertShape(data, { added: 'number' }, `events.add_batch, which answers ${answer.code}/${answer.subcode},`)
  if (data.added !== lines.length) throw new Error(`events.add_batch took ${data.added} of ${lines.length} lines`)
}

/** Where the task has asked for time to end well, it gets it. */
async function awaitAbortCallback({ session, say, task, intervalMs }: RunParts): Promise<void> {
  const runtimeOf = async (key: string) => {
    const query = { id: [task], only_fields: [`runtime.${key}`], search_hidden: true }
    const { tasks } = await session.ask('tasks.get_all', query, { tasks: ['object'] }, { version: '2.13' })
    const runtime = tasks[0]?.runtime
    return typeof runtime === 'object' && runtime !== null ? Reflect.get(runtime, key) : undefined
  }
  const timeoutSeconds = Number((await runtimeOf('_abort_callback_timeout')) ?? 0)
  if (timeoutSeconds === 0) return
  say('aborting', { task })
  const until = Date.now() + timeoutSeconds * 1_000
  while (Date.now() < until && !(await runtimeOf('_abort_callback_completed'))) await sleep(intervalMs)
  say('aborted', { task })
}
