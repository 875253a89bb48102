import { addEvents, type RunEnd, runAndWatch } from './run.ts'
import type { Say } from './say.ts'
import type { Session } from './session.ts'
import type { Shape } from './shapes.ts'

export interface TaskParts {
  session: Session
  /** A session of the program's own, as a child process has it. */
  openChildSession(): Promise<Session>
  say: Say
  task: string
  intervalMs: number
  report(): Promise<void>
  isStopping(): boolean
}

const forced = { force: true, status_reason: '' } as const

/** From the moment that a task was popped to its end, as the agent goes about it. */
export async function runTask(parts: TaskParts): Promise<void> {
  const { session, say, task } = parts
  const pulled = { ...forced, task, status_message: 'pulled by agent' }
  const started = await session.call('tasks.started', pulled, { version: '2.4' })
  if (started.code !== 200) return say('skipped', { task, why: started.msg })
  say('started', { task, message: 'pulled by agent' })
  await parts.report()
  const at = Date.now()
  const logged = ['Running task', 'on this machine'].map((msg) => ({ type: 'log', task, timestamp: at, msg }))
  await addEvents(session, logged, 'POST')
  say('logged', { task, lines: logged.length })
  await keepMachine(parts)
  const launch = { ...forced, task, status_message: 'launch by agent' }
  await session.ask('tasks.started', launch, { started: 'number' }, { version: '2.4' })
  say('launched', { task })
  await tellEnd(parts, await runChild(parts))
}

/** What the task keeps at runtime is read, and written with what the agent adds. */
async function keepMachine({ session, say, task }: TaskParts): Promise<void> {
  const query = { id: [task], only_fields: ['runtime'], search_hidden: true }
  const { tasks } = await session.ask('tasks.get_all', query, { tasks: [{ runtime: 'object' }] }, { version: '2.15' })
  const runtime = { ...tasks[0]?.runtime, _agent: 'simulated' }
  await session.ask('tasks.edit', { task, runtime, force: true }, { updated: 'number' })
  say('runtime', { task })
}

const script = {
  ...{ repository: 'string', entry_point: 'string', working_dir: 'string' },
  ...{ diff: 'string', requirements: 'object' },
} as const satisfies Shape
const document = {
  task: { id: 'string', status: 'string', execution: 'object', hyperparams: 'object', script },
} as const satisfies Shape

/** `execute --id`, which is a program of its own. */
async function runChild(parts: TaskParts): Promise<RunEnd> {
  const { say, task } = parts
  const session = await parts.openChildSession()
  try {
    const { task: read } = await session.ask('tasks.get_by_id', { task }, document, { version: '2.5' })
    say('read', { task, script: read.script })
    await leaveQueue(session, task)
    say('dequeued', { task })
    for (const reason of ['starting execution soon', 'worker started execution', 'worker starting task execution']) {
      const start = { task, force: true, status_reason: reason, status_message: '' }
      await session.ask('tasks.started', start, { started: 'number' }, { version: '2.5' })
    }
    await writeRequirements(session, task)
    say('executing', { task })
    return await runAndWatch({ ...parts, session }, parametersOf(read.hyperparams))
  } finally {
    session.close()
  }
}

/** The task runs already and must go on doing so. */
async function leaveQueue(session: Session, task: string): Promise<void> {
  const answer = { updated: 'number', dequeued: 'number', fields: { status: 'string' } } as const
  const { updated, fields } = await session.ask('tasks.dequeue', { task, new_status: 'in_progress' }, answer)
  if (updated !== 1 || fields.status !== 'in_progress') throw new Error(`tasks.dequeue made it ${fields.status}`)
}

async function writeRequirements(session: Session, task: string): Promise<void> {
  const query = { id: [task], only_fields: ['script.requirements'], search_hidden: true }
  const shape = { tasks: [{ script: { requirements: 'object' } }] } as const
  const { tasks } = await session.ask('tasks.get_all', query, shape, { version: '2.5' })
  const requirements = { ...tasks[0]?.script.requirements, pip: 'numpy==2.0.0' }
  await session.ask('tasks.set_requirements', { task, requirements }, { updated: 'number' }, { version: '2.5' })
  const script = { version_num: 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3' }
  await session.ask('tasks.edit', { task, script, force: true }, { updated: 'number' }, { version: '2.5' })
}

function parametersOf(hyperparams: Readonly<Record<string, unknown>>): { steps: number; fails: boolean } {
  const argument = (name: string): unknown => {
    const items = hyperparams.Args
    const item = typeof items === 'object' && items !== null ? Reflect.get(items, name) : undefined
    return item?.value
  }
  return { steps: Number(argument('steps') ?? 0), fails: argument('fails') === 'true' }
}

async function tellEnd({ session, say, task }: TaskParts, end: RunEnd): Promise<void> {
  if (end === 'gone') return
  const words = { status_reason: end === 'stopped' ? 'Stopped' : '', status_message: `${end} by agent` }
  const { code, subcode, msg } = await session.call(`tasks.${end}`, { task, ...words }, { version: '2.5' })
  say(end, { task, answer: `${code}/${subcode}`, msg })
}
