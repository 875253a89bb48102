import { setTimeout as sleep } from 'node:timers/promises'
import type { Say } from './say.ts'
import { openSession, type Session, type SessionOptions } from './session.ts'
import { assertShape } from './shapes.ts'
import { runTask } from './task.ts'

export interface DaemonOptions extends Omit<SessionOptions, 'retryMs' | 'worker'> {
  /** Its id in the list of workers: `box:gpu0`. */
  worker: string
  /** What its requests are signed with: the host in the agent itself. */
  host: string
  /** By name or id; the first goes before all others. None: the default queue. */
  queues: readonly string[]
  intervalMs: number
}

/** Rounds between two reports of an agent that has nothing to do: 30 s and 5 s in the agent itself. */
const reportEvery = 6

interface Doing {
  task?: string
  queue?: string
}

/** `clearml-agent daemon --queue ... --foreground`, until it is asked to stop. */
export async function runDaemon(options: DaemonOptions, isStopping: () => boolean): Promise<void> {
  const { worker, intervalMs, say } = options
  const newSession = () => openSession({ ...options, worker: options.host, retryMs: intervalMs })
  const session = await newSession()
  const queues = await resolveQueues(session, options.queues)
  say('queues', { queues })
  await session.ask('queues.get_all', { id: queues }, { queues: ['object'] }, { version: '2.4' })
  const registered = await session.call('workers.register', { worker, queues }, { version: '2.4' })
  say('registered', { answer: registered.code })
  const report = reporter(session, { worker, queues, say })
  const askProperties = propertiesAsker(session, worker)

  for (let round = 0; !isStopping(); round++) {
    await checkQueues(session, queues)
    await askProperties()
    const popped = await popFirst(session, queues)
    say('poll', { round })
    if (popped) {
      say('pop', popped)
      const doing = () => report(popped)
      const { task } = popped
      await runTask({ session, openChildSession: newSession, say, task, intervalMs, report: doing, isStopping })
      await report({})
    } else if (round % reportEvery === 0) {
      await report({})
    }
    if (!isStopping()) await sleep(intervalMs)
  }
  await session.ask('workers.unregister', { worker, queues }, {}, { version: '2.4' })
  say('unregistered')
  session.close()
}

/** A name is looked up as a pattern; what looks like an id is taken as it is. */
async function resolveQueues(session: Session, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) {
    const shape = { id: 'string', name: 'string' } as const
    return [(await session.ask('queues.get_default', {}, shape, { version: '2.4' })).id]
  }
  const ids: string[] = []
  for (const name of names) {
    if (/^[-a-f0-9]{30,}$/.test(name)) {
      ids.push(name)
      continue
    }
    const query = { name: escapePattern(name), only_fields: ['name', 'id'], search_hidden: true }
    const shape = { queues: [{ id: 'string', name: 'string' }] } as const
    const { queues } = await session.ask('queues.get_all', query, shape, { version: '2.4' })
    const found = queues.find((queue) => queue.name.toLowerCase() === name.toLowerCase())
    if (!found) throw new Error(`there is no queue ${name}`)
    ids.push(found.id)
  }
  return ids
}

/** As Python's `re.escape` does it. */
const escapePattern = (text: string): string => text.replaceAll(/[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g, '\\$&')

async function checkQueues(session: Session, ids: readonly string[]): Promise<void> {
  const query = { id: ids, only_fields: ['id', 'tags'] }
  const shape = { queues: [{ id: 'string', tags: ['string'] }] } as const
  const { queues } = await session.ask('queues.get_all', query, shape, { version: '2.4' })
  const missing = ids.filter((id) => !queues.some((queue) => queue.id === id))
  if (missing.length > 0) throw new Error(`queues.get_all does not answer ${missing.join(', ')}`)
}

/** In every round, until the server once says that it has no such thing. */
function propertiesAsker(session: Session, worker: string): () => Promise<void> {
  let isSupported = true
  return async () => {
    if (!isSupported) return
    const answer = await session.call('workers.get_runtime_properties', { worker }, { version: '2.4' })
    isSupported = answer.code === 200
  }
}

async function popFirst(session: Session, queues: readonly string[]): Promise<Required<Doing> | null> {
  for (const queue of queues) {
    const shape = { entry: { task: 'string' } } as const
    const answer = await session.ask('queues.get_next_task', { queue }, {}, { version: '2.14' })
    if (!('entry' in answer)) continue
    const data: unknown = answer
    assertShape(data, shape, 'queues.get_next_task')
    return { task: data.entry.task, queue }
  }
  return null
}

function reporter(session: Session, { worker, queues, say }: { worker: string; queues: readonly string[]; say: Say }) {
  return async ({ task, queue }: Doing): Promise<void> => {
    const doing = { ...(task === undefined ? {} : { task }), ...(queue === undefined ? {} : { queue }), queues }
    const report = { worker, timestamp: Date.now(), ...doing, machine_stats: machineStats, tags: ['simulated'] }
    await session.ask('workers.status_report', report, {}, { version: '2.4' })
    say('report', { task: task ?? null })
  }
}

const machineStats = {
  ...{ cpu_usage: [12.5, 3], cpu_temperature: [], memory_used: 512, memory_free: 2_048 },
  ...{ gpu_usage: [97], gpu_memory_used: [1_000], gpu_memory_free: [9_000], gpu_temperature: [64] },
  ...{ network_tx: 1, network_rx: 2, disk_free_home: 10, disk_free_temp: 10, disk_read: 1, disk_write: 1 },
}
