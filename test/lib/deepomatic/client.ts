import { setTimeout as sleep } from 'node:timers/promises'
import { type InferenceArguments, inferenceBody } from './inference-body.ts'
import { expectPage, expectTask, type Page, type TaskObject } from './shapes.ts'
import type { Answer, Wire } from './wire.ts'

export type Placed = readonly [place: number, task: TaskObject]

/** The calls of the Python client, with the requests that it makes for them. */
export interface DeepomaticClient {
  account(): Promise<{ id: number; name: string }>
  /** A resource by its path, which ends with a slash. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  retrieve(path: string): Promise<any>
  /** Every item of every page; `query` comes before what it adds itself. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  list(path: string, query?: string): Promise<any[]>
  /** The id of the task. `resource` is a path without a slash at its end. */
  start(resource: string, args: InferenceArguments): Promise<string>
  /** The data of the task's result. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  infer(resource: string, args: InferenceArguments): Promise<any>
  task(id: string): Promise<TaskObject>
  tasks(ids: readonly string[]): Promise<TaskObject[]>
  /** Rejects when the task ends with an error, or is still pending at the timeout. */
  wait(id: string, timeoutMs?: number): Promise<TaskObject>
  batchWait(
    ids: readonly string[],
    timeoutMs?: number,
  ): Promise<{ pending: Placed[]; success: Placed[]; error: Placed[] }>
}

export function createDeepomaticClient(wire: Wire): DeepomaticClient {
  const retrieve: DeepomaticClient['retrieve'] = async (path) => ok(await wire.get(path)).data
  const list: DeepomaticClient['list'] = async (path, query = '') => {
    const results = []
    let next: string | null = `${path}?${query}${query && '&'}offset=0&limit=100`
    while (next !== null) {
      const page: Page<unknown> = expectPage(ok(await wire.get(next)).data)
      results.push(...page.results)
      next = page.next
    }
    return results
  }
  const start: DeepomaticClient['start'] = async (resource, args) => {
    const { data } = ok(await wire.send('POST', `${resource}/inference`, inferenceBody(args)))
    return data.task_id
  }
  const task: DeepomaticClient['task'] = async (id) => expectTask(await retrieve(`/tasks/${id}/`))
  const tasks: DeepomaticClient['tasks'] = async (ids) =>
    (await list('/tasks/', ids.map((id) => `task_ids=${id}`).join('&'))).map(expectTask)
  const wait: DeepomaticClient['wait'] = async (id, timeoutMs = 60_000) => {
    for (const pauseMs of pauses(timeoutMs)) {
      const now = await task(id)
      if (now.status === 'error') throw new Error(JSON.stringify(now))
      if (now.status === 'success') return now
      await sleep(pauseMs)
    }
    throw new Error(`task ${id} is still pending`)
  }
  return {
    ...{ retrieve, list, start, task, tasks, wait },
    account: () => retrieve('/accounts/me/'),
    infer: async (resource, args) => (await wait(await start(resource, args))).data,
    async batchWait(ids, timeoutMs = 300_000) {
      const ended = new Map<string, TaskObject>()
      for (const pauseMs of pauses(timeoutMs)) {
        const found = await tasks(ids.filter((id) => !ended.has(id)))
        // An id that is not the text that was asked for would be a KeyError there.
        for (const one of found) if (!ids.includes(one.id)) throw new Error(`nobody asked for task ${one.id}`)
        for (const one of found) if (one.status !== 'pending') ended.set(one.id, one)
        if (ended.size === ids.length) break
        await sleep(pauseMs)
      }
      const open = ids.filter((id) => !ended.has(id))
      const stillOpen = new Map((open.length > 0 ? await tasks(open) : []).map((one) => [one.id, one]))
      const placed = ids.flatMap((id, place): Placed[] => {
        const one = ended.get(id) ?? stillOpen.get(id)
        return one ? [[place, one]] : []
      })
      const of = (status: TaskObject['status']) => placed.filter(([, one]) => one.status === status)
      return { pending: of('pending'), success: of('success'), error: of('error') }
    },
  }
}

/** Between polls: short at first, then with a growing part that is left to chance. */
function* pauses(timeoutMs: number): Generator<number> {
  const deadline = performance.now() + timeoutMs
  yield 50
  for (let growing = 50; performance.now() < deadline; growing = Math.min(growing * 1.2, 900)) {
    yield 100 + Math.random() * growing
  }
}

function ok(answer: Answer): Answer {
  if (answer.status >= 200 && answer.status < 300) return answer
  throw new Error(`answered ${answer.status}: ${answer.text}`)
}
