import { randomBytes } from 'node:crypto'
import { type CreatedTask, type DetailedTask, newTaskId } from '@inferq/domain'
import { consumeJobs, patientConnection, type Verdict } from '@inferq/queue'
import { sharedRedisUrl, until } from '@inferq/testkit'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'

const silentLog = { warn() {}, error() {} }

export interface QueueBench extends Clearml {
  newQueue(more?: object): Promise<{ id: string; name: string }>
  /** A task that agents pull. */
  agentsTask(more?: Partial<CreatedTask>): Promise<string>
  /** A task that native workers run. */
  nativeTask(more?: Partial<CreatedTask>): Promise<string>
  enqueue(task: string, queueId: string): Promise<void>
  /** Ids of as many new tasks of either kind, waiting in this order. */
  waiting(queueId: string, agents: number, native?: number): Promise<string[]>
  taskNow(id: string): Promise<DetailedTask>
  entriesOf(queueId: string): Promise<string[]>
  /** A native worker takes the first job of the queue and holds it until it is let go. */
  holdFirst(queueName: string): Promise<{ letGo(verdict?: Verdict): Promise<void> }>
}

export async function startQueues(): Promise<QueueBench> {
  const clearml = await startClearml()
  const { ok, company, services, store, user } = clearml
  const newName = () => `queue ${randomBytes(6).toString('hex')}`

  const newTask = async (more: Partial<CreatedTask>) => {
    const base = { company, user: user.id, name: 'some task', type: 'training', job: null, tags: [] }
    const task = await store.tasks.createTask({
      ...{ ...base, id: newTaskId(), attemptsAllowed: 3, input: null, inputKey: null },
      ...more,
    })
    return task.id
  }
  const bench: QueueBench = {
    ...clearml,
    async newQueue(more = {}) {
      const name = newName()
      const { id } = await ok('queues.create', { name, ...more })
      return { id, name }
    },
    agentsTask: (more = {}) => newTask(more),
    nativeTask: (more = {}) => newTask({ job: 'echo', input: '{}', ...more }),
    async enqueue(task, queueId) {
      await services.operations.enterQueue(company, task, { by: user.id, queueId })
    },
    async waiting(queueId, agents, native = 0) {
      const ids: string[] = []
      for (let count = 0; count < agents + native; count++) {
        const id = await (count < agents ? bench.agentsTask() : bench.nativeTask())
        await bench.enqueue(id, queueId)
        ids.push(id)
      }
      return ids
    },
    async taskNow(id) {
      const [task] = await store.tasks.findDetailed(company, [id], 'own')
      return task as DetailedTask
    },
    async entriesOf(queueId) {
      const { queue } = await ok('queues.get_by_id', { queue: queueId })
      return queue.entries.map(({ task }: { task: string }) => task)
    },
    async holdFirst(queue) {
      const end = Promise.withResolvers<Verdict>()
      const redis = patientConnection({ url: sharedRedisUrl(), name: 'holder', log: silentLog })
      const ref = { company, queue }
      const consumer = consumeJobs({ redis, ref, concurrency: 1, run: () => end.promise, log: silentLog })
      consumer.start()
      const isHeld = async () => (await services.line.counts([ref]))[0]?.active === 1
      await until(isHeld, { what: 'the job to be taken' })
      return {
        async letGo(verdict = { kind: 'finished' }) {
          const drained = consumer.drain()
          end.resolve(verdict)
          await drained
          await consumer.close()
          redis.disconnect()
        },
      }
    },
  }
  return bench
}

export const unknownId = '0123456789abcdef0123456789abcdef'
