import type { TaskStatus } from '@inferq/contracts'
import { type CreatedTask, type DetailedChanges, type Model, newTaskId } from '@inferq/domain'
import { vi } from 'vitest'
import { type QueueBench, startQueues, unknownId } from '../queues/queues.fixture.ts'
import type { Answer } from '../testing/clearml.fixture.ts'
import { makePublicTask, makeTask } from '../testing/tasks.fixture.ts'

export const bothKinds = ['agents', 'native'] as const
export type Kind = (typeof bothKinds)[number]

export interface StatusBench extends QueueBench {
  newTask(kind: Kind, more?: Partial<CreatedTask>): Promise<string>
  /** A task of people and agents that is in this status, however it came there. */
  taskIn(status: TaskStatus, more?: DetailedChanges, kind?: Kind): Promise<string>
  /** A native task whose job is in line; answers its id and its queue. */
  queuedNative(): Promise<{ id: string; queue: { id: string; name: string } }>
  /** A native task in progress whose job a worker holds until the end of the callback. */
  whileHeld(work: (task: { id: string; queue: { id: string; name: string } }) => Promise<void>): Promise<void>
  /** `200/0`, `400/110`, ... */
  codeOf(endpoint: string, body: object): Promise<string>
  /** What it answers for a task that is unknown, another company's, and public. */
  codesWhereNotOwn(endpoint: string, bodyOf: (id: string) => object): Promise<string[]>
  /** With room for so many in each line of a queue. */
  withCapacity(capacity: number, work: () => Promise<void>): Promise<void>
  /** While the server takes only what the reference page says can be enqueued. */
  whileStrict(work: () => Promise<void>): Promise<void>
  /** A model that is not published; answers its id. */
  draftModel(more?: Partial<Model>): Promise<string>
  /** Whether each of these models is published; null for one that is gone. */
  readyOf(ids: readonly string[]): Promise<(boolean | null)[]>
  /** A worker of ours reports that it has run the task. */
  reportSuccess(id: string, run?: number): Promise<void>
}

/** Nobody changes what is not theirs, and what is not visible is as good as unknown. */
export const whereNotOwn = ['400/101', '400/101', '403/21']

/** The uploaded files of the company that are to be deleted, in order. */
export async function unneededFiles({ ports, company }: StatusBench): Promise<string[]> {
  const claimed = await ports.fileRecords.claimUnneeded(10_000, 0)
  const own = claimed.filter((file) => file.company === company)
  return own.map(({ path }) => path).sort()
}

async function during<Settings extends object>(
  settings: Settings,
  other: Partial<Settings>,
  work: () => Promise<void>,
) {
  const usual = { ...settings }
  Object.assign(settings, other)
  try {
    await work()
  } finally {
    Object.assign(settings, usual)
  }
}

/** Does it with this process's clock so many seconds ahead of the database's. */
export async function later<Answer>(seconds: number, work: () => Promise<Answer>): Promise<Answer> {
  const now = Date.now
  const clock = vi.spyOn(Date, 'now').mockImplementation(() => now() + seconds * 1_000)
  try {
    return await work()
  } finally {
    clock.mockRestore()
  }
}

export async function startStatuses(): Promise<StatusBench> {
  const queues = await startQueues()
  const { services, company } = queues
  const bench: StatusBench = {
    ...queues,
    newTask: (kind, more) => (kind === 'agents' ? queues.agentsTask(more) : queues.nativeTask(more)),
    async taskIn(status, more = {}, kind = 'agents') {
      const id = await bench.newTask(kind)
      await services.tasks.changeTask(company, id, () => ({ set: { status, ...more }, counts: 'edit' }))
      return id
    },
    async queuedNative() {
      const queue = await queues.newQueue()
      const id = await queues.nativeTask()
      await queues.enqueue(id, queue.id)
      return { id, queue }
    },
    async whileHeld(work) {
      const task = await bench.queuedNative()
      const holder = await queues.holdFirst(task.queue.name)
      await services.tasks.changeTask(company, task.id, () => ({ set: { status: 'in_progress', startedAt: 'now' } }))
      try {
        await work(task)
      } finally {
        await holder.letGo()
      }
    },
    async codeOf(endpoint, body) {
      const { status, subcode }: Answer = await queues.call(endpoint, body)
      return `${status}/${subcode}`
    },
    async codesWhereNotOwn(endpoint, bodyOf) {
      const foreigner = await queues.another({ company: 'new' })
      const ids = [unknownId, await makeTask(foreigner), await makePublicTask(queues)]
      const codes: string[] = []
      for (const id of ids) codes.push(await bench.codeOf(endpoint, bodyOf(id)))
      return codes
    },
    withCapacity: (queueCapacity, work) => during(queues.ports.limits, { queueCapacity }, work),
    whileStrict: (work) => during(services.settings, { strictEnqueue: true }, work),
    async draftModel(more = {}) {
      const { id } = await services.models.createModel({
        ...{ id: newTaskId(), company, user: queues.user.id, name: 'a model', uri: 'file:///model', framework: null },
        ...{ task: null, parent: null, project: null, ready: false, labels: {}, design: {}, tags: [], systemTags: [] },
        ...{ comment: '', metadata: {} },
        ...more,
      })
      return id
    },
    async readyOf(ids) {
      const found = new Map((await services.models.findModels(company, ids)).map((model) => [model.id, model.ready]))
      return ids.map((id) => found.get(id) ?? null)
    },
    async reportSuccess(id, run) {
      const now = Date.now()
      await services.operations.recordOutcomes([
        {
          ...{ v: 1, kind: 'succeeded', taskId: id, run: run ?? (await queues.taskNow(id)).run, attempt: 1 },
          ...{ worker: 'w', startedAt: now, at: now, timings: { preparingMs: 1, computingMs: 1 }, result: '{"n":1}' },
        },
      ])
    },
  }
  return bench
}
