import { type TaskStatus, taskStatuses } from '@inferq/contracts'
import { beforeAll, describe, expect, it } from 'vitest'
import { bothKinds, type StatusBench, startStatuses } from './status.fixture.ts'

/** What an endpoint makes of a task; `-`: it answers 200 and changes nothing. */
type Outcome = TaskStatus | '-' | '400/110' | '500/1'

const x = '400/110'
const from = [
  'created',
  'queued',
  'in_progress',
  'stopped',
  'closed',
  'failed',
  'publishing',
  'published',
  'completed',
  'unknown',
] as const

/** Section C of the contract, written out: what each endpoint makes of a task in each of these statuses, in this order. */
const withoutForce = {
  started: ['in_progress', 'in_progress', 'in_progress', 'in_progress', x, x, x, x, 'in_progress', '500/1'],
  stopped: [x, 'stopped', 'stopped', 'stopped', 'stopped', 'stopped', x, x, x, '500/1'],
  completed: [x, x, 'completed', 'completed', x, x, x, x, 'completed', '500/1'],
  failed: [x, x, 'failed', 'failed', 'failed', 'failed', x, x, x, '500/1'],
  close: [x, x, x, 'closed', 'closed', x, x, x, x, '500/1'],
  publish: [x, x, x, 'published', 'published', 'published', 'published', x, 'published', '500/1'],
  reset: ['created', 'created', 'created', 'created', 'created', 'created', x, x, 'created', '500/1'],
  enqueue: ['queued', 'queued', x, 'queued', x, 'queued', x, x, x, '500/1'],
  dequeue: ['-', 'created', 'created', '-', '-', '-', '-', '-', '-', '-'],
  stop: [x, 'stopped', 'stopped', 'stopped', 'stopped', 'stopped', x, x, x, '500/1'],
  archive: ['-', 'created', 'stopped', '-', '-', '-', '-', '-', '-', '-'],
} as const satisfies Record<string, readonly Outcome[]>
type Action = keyof typeof withoutForce

/** With force every one of these leads there from anywhere. */
const withForce: Partial<Record<Action, TaskStatus>> = {
  started: 'in_progress',
  stopped: 'stopped',
  completed: 'completed',
  failed: 'failed',
  close: 'closed',
  publish: 'published',
  reset: 'created',
  enqueue: 'queued',
  stop: 'stopped',
}

let bench: StatusBench
beforeAll(async () => {
  bench = await startStatuses()
})

async function outcomeOf(action: Action, id: string, status: TaskStatus, force: boolean): Promise<Outcome> {
  const request = action === 'archive' ? { tasks: [id] } : { task: id, ...(force ? { force } : {}) }
  const answer = await bench.call(`tasks.${action}`, request)
  const now = (await bench.taskNow(id)).status
  if (answer.status === 200) return now === status && !isMove(answer.data) ? '-' : now
  expect(now, 'a refused move changes nothing').toBe(status)
  return `${answer.status}/${answer.subcode}` as Outcome
}

/** Whether the answer says that the status was written, be it to the same. */
const isMove = (data: { updated?: number }) => data.updated === 1

describe.each(bothKinds)('the status of a task for %s', (kind) => {
  it('is one of those that the table starts from', () => {
    expect([...from].sort()).toEqual([...taskStatuses].sort())
  })

  it.each(Object.keys(withoutForce) as Action[])('goes by tasks.%s only where the contract says', async (action) => {
    const outcomes: Outcome[] = []
    for (const status of from) {
      outcomes.push(await outcomeOf(action, await bench.taskIn(status, {}, kind), status, false))
    }
    expect(outcomes).toEqual(withoutForce[action])
  })

  it.each(Object.keys(withForce) as Action[])('goes by tasks.%s from anywhere with force', async (action) => {
    for (const status of from) {
      const id = await bench.taskIn(status, {}, kind)
      expect(await outcomeOf(action, id, status, true), `from ${status}`).toBe(withForce[action])
    }
  })
})
