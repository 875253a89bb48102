import { setTimeout as sleep } from 'node:timers/promises'
import type { InferqClient } from '@inferq/client'
import type { TaskView } from '@inferq/contracts'
import { until } from '@inferq/testkit'
import { expect } from 'vitest'

export interface Load {
  /** Tasks that were answered with a 2xx so far: id to the number in its input. */
  readonly acknowledged: ReadonlyMap<string, number>
  /** Resolves once so many tasks have been acknowledged. */
  reached(count: number): Promise<void>
  /** Resolves when all have been handed in. */
  readonly done: Promise<void>
}

export interface LoadOptions {
  tasks: number
  callers?: number
  delayMs?: number
  queue?: string
}

/** Hands in numbered echo tasks from several callers; a caller that is refused or cut off tries that number again. */
export function startLoad(
  client: () => InferqClient,
  { tasks, callers = 8, delayMs = 5, queue = 'default' }: LoadOptions,
): Load {
  const acknowledged = new Map<string, number>()
  let next = 0
  const caller = async () => {
    while (next < tasks) {
      const n = next++
      const id = await untilTaken(client, { n, delay_ms: delayMs }, queue)
      acknowledged.set(id, n)
    }
  }
  const done = Promise.all(Array.from({ length: callers }, caller)).then(() => undefined)
  return {
    acknowledged,
    done,
    reached: async (count) => {
      await until(() => acknowledged.size >= count, { what: `${count} acknowledged tasks`, timeoutMs: 60_000 })
    },
  }
}

/** Not idempotent on purpose: what was cut off may run twice as two tasks, but what was acknowledged runs. */
async function untilTaken(client: () => InferqClient, input: { n: number; delay_ms: number }, queue: string) {
  for (;;) {
    try {
      return (await client().submit({ job: 'echo', input, queue })).id
    } catch {
      await sleep(50)
    }
  }
}

/** The invariants: every acknowledged task ended, once, with its own result. */
export async function expectAllDone(client: InferqClient, load: Load, timeoutMs = 60_000): Promise<TaskView[]> {
  await load.done
  await until(async () => (await client.list({ status: ['queued', 'in_progress'], limit: 1 })).tasks.length === 0, {
    what: 'every task to end',
    timeoutMs,
    intervalMs: 200,
  })
  const tasks: TaskView[] = []
  for (const [id, n] of load.acknowledged) {
    const task = await client.get(id)
    expect({ id, status: task.status, result: task.result }).toMatchObject({ id, status: 'completed', result: { n } })
    expect(task.attempts.filter(({ state }) => state === 'succeeded')).toHaveLength(1)
    expect(task.attempts.some(({ state }) => state === 'running')).toBe(false)
    tasks.push(task)
  }
  return tasks
}

/** Every event of the task, as the stream tells them; a run that ended twice would show here. */
export async function endingsOf(client: InferqClient, id: string): Promise<string[]> {
  const events = await Array.fromAsync(client.events(id))
  return events.map(({ type }) => type).filter((type) => ['succeeded', 'failed', 'stopped'].includes(type))
}
