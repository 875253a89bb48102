import { parseJobId, type TaskId } from '@inferq/contracts'
import { removeStrays } from '@inferq/domain'
import { consumeJobs, patientConnection, type Verdict } from '@inferq/queue'
import { sharedRedisUrl, until } from '@inferq/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import { type StatusBench, startStatuses } from './status.fixture.ts'

let bench: StatusBench
beforeAll(async () => {
  bench = await startStatuses()
})

const silentLog = { warn() {} }
const callsAtOnce = 50
const rounds = 12
const tasksOfEachKind = 100

const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(Math.random() * items.length)] as Item
const times = <Item>(count: number, make: () => Promise<Item>) => Promise.all(Array.from({ length: count }, make))

/** In which lines each task stands, of all these queues. */
async function placesOf(queueIds: readonly string[]): Promise<Map<TaskId, string[]>> {
  const places = new Map<TaskId, string[]>()
  for (const queueId of queueIds) {
    for (const task of await bench.entriesOf(queueId)) places.set(task, [...(places.get(task) ?? []), queueId])
  }
  return places
}

/** Where a task is: it can only be in one place. */
function whereIs(
  { status, leaseUntil }: { status: string; leaseUntil: Date | null },
  lines: readonly string[],
): string {
  const isLeased = leaseUntil !== null
  if (status === 'created' && !isLeased && lines.length === 0) return 'created'
  if (status === 'queued' && !isLeased && lines.length === 1) return 'in line'
  if (status === 'queued' && isLeased && lines.length === 0) return 'delivered'
  return `lost: ${status}, ${isLeased ? 'leased' : 'not leased'}, in ${lines.length} lines`
}

describe('tasks of both kinds that are enqueued, dequeued and taken all at once', () => {
  it('are each in one place afterwards, and were delivered no more often than they were enqueued', {
    timeout: 60_000,
  }, async () => {
    const queues = await times(3, async () => (await bench.newQueue()).id)
    const agents = await times(tasksOfEachKind, () => bench.agentsTask())
    const native = await times(tasksOfEachKind, () => bench.nativeTask())
    const all = [...agents, ...native]
    const enqueued = new Map<string, number>(all.map((task) => [task, 0]))
    const delivered: string[] = []
    const refusals = new Set<string>()

    const enqueue = async () => {
      const task = pick(all)
      const { status, subcode } = await bench.call('tasks.enqueue', { task, queue: pick(queues) })
      if (status === 200) enqueued.set(task, (enqueued.get(task) ?? 0) + 1)
      else refusals.add(`${status}/${subcode}`)
    }
    const dequeue = async () => {
      const { status, subcode } = await bench.call('tasks.dequeue', { task: pick(all) })
      if (status !== 200) refusals.add(`${status}/${subcode}`)
    }
    const take = async () => {
      const { entry } = await bench.ok('queues.get_next_task', { queue: pick(queues) })
      if (entry) delivered.push(entry.task)
    }
    for (let round = 0; round < rounds; round++)
      await times(callsAtOnce, () => pick([enqueue, enqueue, dequeue, take])())
    // What an enqueue was still adding when the task moved on; the reconciler takes it away.
    await removeStrays(bench.ports)

    expect([...refusals].filter((code) => !['400/706', '400/121'].includes(code))).toEqual([])
    const places = await placesOf(queues)
    const found = await Promise.all(all.map(async (task) => whereIs(await bench.taskNow(task), places.get(task) ?? [])))
    expect(found.filter((where) => where.startsWith('lost'))).toEqual([])
    expect(new Set(found)).toEqual(new Set(['created', 'in line', 'delivered']))
    const deliveries = Map.groupBy(delivered, (task) => task)
    for (const [task, { length }] of deliveries) expect(length).toBeLessThanOrEqual(enqueued.get(task) ?? 0)
    expect(native.filter((task) => deliveries.has(task))).toEqual([])
  })

  it('are each taken by one agent, however many ask', async () => {
    const queue = await bench.newQueue()
    const waiting = await bench.waiting(queue.id, callsAtOnce, 2)
    const answers = await times(callsAtOnce + 10, () => bench.ok('queues.get_next_task', { queue: queue.id }))
    const taken = answers.flatMap(({ entry }) => (entry ? [entry.task] : []))
    expect(taken.sort()).toEqual(waiting.slice(0, callsAtOnce).sort())
    expect(await bench.entriesOf(queue.id)).toEqual(waiting.slice(callsAtOnce))
  })

  it('are either dequeued or run by a worker of ours that takes them meanwhile, never both', async () => {
    const queue = await bench.newQueue()
    const waiting = await bench.waiting(queue.id, 0, 40)
    const taken: string[] = []
    const end = Promise.withResolvers<Verdict>()
    const redis = patientConnection({ url: sharedRedisUrl(), name: 'racer', log: silentLog })
    const consumer = consumeJobs({
      ...{ redis, ref: { company: bench.company, queue: queue.name }, concurrency: waiting.length },
      run({ jobId }) {
        taken.push(parseJobId(jobId)?.taskId ?? jobId)
        return end.promise
      },
      log: silentLog,
    })
    consumer.start()
    // Some before the first is taken, some after, some at once.
    await until(() => taken.length > 0, { what: 'the worker to take a first job' })
    const codes = await Promise.all(waiting.map((task) => bench.codeOf('tasks.dequeue', { task })))
    await until(
      async () => (await bench.services.line.counts([{ company: bench.company, queue: queue.name }]))[0]?.waiting === 0,
      {
        what: 'every job to have gone one way or the other',
      },
    )
    const dequeued = waiting.filter((_, index) => codes[index] === '200/0')
    expect(new Set(codes).isSubsetOf(new Set(['200/0', '400/110']))).toBe(true)
    expect([...dequeued, ...taken].sort()).toEqual([...waiting].sort())
    for (const task of dequeued) expect((await bench.taskNow(task)).status).toBe('created')
    for (const task of taken) expect((await bench.taskNow(task)).status).toBe('queued')
    const drained = consumer.drain()
    end.resolve({ kind: 'finished' })
    await drained
    await consumer.close()
    redis.disconnect()
  })
})
