import { returnLeases, stopSilent } from '@inferq/domain'
import { beforeAll, describe, expect, it } from 'vitest'
import { type StatusBench, startStatuses } from './status.fixture.ts'

let bench: StatusBench
beforeAll(async () => {
  bench = await startStatuses()
})

/** Ids of the task that was taken and of those behind it. */
async function takeFirst(more = 1) {
  const queue = await bench.newQueue()
  const [task = '', ...others] = await bench.waiting(queue.id, 1 + more)
  await bench.ok('queues.get_next_task', { queue: queue.id })
  return { queue, task, others }
}

/** Its lease ends in so many seconds. */
const leaseEndsIn = (task: string, secondsFromNow: number) =>
  bench.services.tasks.changeTask(bench.company, task, () => ({ set: { leaseUntil: { secondsFromNow } } }))

const twoHoursMs = 7_200_000

const leaseLeft = async (task: string) => {
  const { leaseUntil } = await bench.taskNow(task)
  return leaseUntil === null ? null : (leaseUntil.getTime() - Date.now()) / 1_000
}

describe('a task that an agent has taken', () => {
  it('goes back to the front of its queue when it is not started in time, and can be taken again', async () => {
    const { queue, task, others } = await takeFirst()
    expect(await bench.entriesOf(queue.id)).toEqual(others)
    await leaseEndsIn(task, -1)
    expect(await returnLeases(bench.ports)).toBe(1)
    expect(await bench.entriesOf(queue.id)).toEqual([task, ...others])
    const returned = await bench.taskNow(task)
    expect(returned).toMatchObject({ status: 'queued', leaseUntil: null, changedBy: '__apiserver__' })
    expect(returned.statusMessage).toContain('was lost before it started it; the task is at the front of its queue')
    expect(returned.events.at(-1)).toMatchObject({ type: 'redelivered', reason: returned.statusMessage })
    expect((await bench.ok('queues.get_next_task', { queue: queue.id })).entry.task).toBe(task)
  })

  it('goes back in the order in which the line was, when one lost agent had taken several', async () => {
    const { queue, task, others } = await takeFirst(2)
    await bench.ok('queues.get_next_task', { queue: queue.id })
    await leaseEndsIn(task, -2)
    await leaseEndsIn(others[0] ?? '', -1)
    await returnLeases(bench.ports)
    expect(await bench.entriesOf(queue.id)).toEqual([task, ...others])
  })

  it('stays with the agent while its lease lasts', async () => {
    const { queue, others } = await takeFirst()
    await returnLeases(bench.ports)
    expect(await bench.entriesOf(queue.id)).toEqual(others)
  })

  it.each(['started', 'stopped', 'dequeue', 'reset', 'archive', 'delete'])(
    'does not come back after tasks.%s',
    async (action) => {
      const { queue, task, others } = await takeFirst()
      await leaseEndsIn(task, -1)
      await bench.ok(`tasks.${action}`, action === 'archive' ? { tasks: [task] } : { task, force: true })
      expect(await returnLeases(bench.ports)).toBe(0)
      expect(await bench.entriesOf(queue.id)).toEqual(others)
    },
  )

  it('is in line once when it was enqueued again before the lease ran out', async () => {
    const { queue, task, others } = await takeFirst()
    await leaseEndsIn(task, -1)
    await bench.ok('tasks.enqueue', { task, queue: queue.id })
    await returnLeases(bench.ports)
    expect(await bench.entriesOf(queue.id)).toEqual([...others, task])
  })

  it('is held longer at each sign of life', async () => {
    const { queue, task } = await takeFirst()
    const signs = [
      () => bench.ok('events.add_batch', { type: 'log', task, msg: 'still here' }),
      () => bench.ok('tasks.ping', { task }),
      () => bench.ok('workers.status_report', { worker: 'agent:0', timestamp: Date.now(), task, queue: queue.id }),
    ]
    for (const sign of signs) {
      await leaseEndsIn(task, 10)
      await sign()
      expect(await leaseLeft(task)).toBeGreaterThan(100)
    }
  })

  it('gets no lease by a sign of life when it has none', async () => {
    const task = await bench.taskIn('in_progress')
    const { updatedAt } = await bench.taskNow(task)
    await bench.ok('events.add_batch', { type: 'log', task, msg: 'still here' })
    await bench.ok('tasks.ping', { task })
    const now = await bench.taskNow(task)
    expect(now.leaseUntil).toBeNull()
    expect(now.updatedAt.getTime()).toBeGreaterThanOrEqual(updatedAt.getTime())
  })
})

describe('a task that was taken out of its line and is still queued', () => {
  it('is never put back, since ClearML leaves it so on purpose', async () => {
    const queue = await bench.newQueue()
    const [task = ''] = await bench.waiting(queue.id, 1)
    await bench.ok('queues.remove_task', { queue: queue.id, task })
    await returnLeases(bench.ports)
    expect((await bench.taskNow(task)).status).toBe('queued')
    expect(await bench.entriesOf(queue.id)).toEqual([])
  })
})

describe('a task in progress of which nobody has said anything for two hours', () => {
  /** As if the clock were further on: everything that is in progress is silent. */
  const soon = () => {
    const { tasks } = bench.ports
    return { ...bench.ports, tasks: { ...tasks, listSilent: (_: number, limit: number) => tasks.listSilent(0, limit) } }
  }

  it('is stopped in the server’s name, has not completed, and says which agent was lost and since when', async () => {
    const task = await bench.taskIn('in_progress', { worker: 'agent:0' })
    const { updatedAt } = await bench.taskNow(task)
    await stopSilent(soon(), twoHoursMs)
    const stopped = await bench.taskNow(task)
    expect(stopped).toMatchObject({
      ...{ status: 'stopped', completedAt: null, changedBy: '__apiserver__' },
      ...{ statusReason: 'Forced stop (non-responsive)' },
    })
    const { statusMessage, events } = stopped
    expect(statusMessage).toMatch(/^Forced stop \(non-responsive\): agent agent:0 was lost\. /)
    expect(statusMessage).toContain(`no sign of life since ${updatedAt.toISOString()}`)
    expect(statusMessage).toContain('its machine or its connection was lost')
    expect(events.at(-1)).toMatchObject({ type: 'stopped', worker: 'agent:0', reason: statusMessage })
  })

  it('says so when nobody knows who ran it', async () => {
    const task = await bench.taskIn('in_progress')
    await stopSilent(soon(), twoHoursMs)
    const { statusReason, statusMessage } = await bench.taskNow(task)
    expect(statusReason).toBe('Forced stop (non-responsive)')
    expect(statusMessage).toMatch(/^Forced stop \(non-responsive\): nothing has been heard of the task since /)
  })

  it('has no word in its message at which a client that is still alive would run on', async () => {
    for (const worker of ['gpu-box:0', null]) {
      const task = await bench.taskIn('in_progress', { worker })
      await stopSilent(soon(), twoHoursMs)
      expect((await bench.taskNow(task)).statusMessage).not.toMatch(/worker|stopping/)
    }
  })

  it('runs on when it speaks before its stop', async () => {
    const task = await bench.taskIn('in_progress')
    const silent = await bench.ports.tasks.listSilent(0, 500)
    await bench.ok('tasks.ping', { task })
    const tasks = { ...bench.ports.tasks, listSilent: async () => silent }
    await stopSilent({ ...bench.ports, tasks }, twoHoursMs)
    expect((await bench.taskNow(task)).status).toBe('in_progress')
  })

  it('runs on when two hours are not over', async () => {
    const task = await bench.taskIn('in_progress')
    await stopSilent(bench.ports, twoHoursMs)
    expect((await bench.taskNow(task)).status).toBe('in_progress')
  })

  it('is left to our own workers’ rules when one of them runs it; not so when a client started it by hand', async () => {
    const byHand = await bench.nativeTask()
    await bench.ok('tasks.started', { task: byHand })
    await bench.whileHeld(async ({ id }) => {
      await stopSilent(soon(), twoHoursMs)
      expect((await bench.taskNow(id)).status).toBe('in_progress')
      expect((await bench.taskNow(byHand)).status).toBe('stopped')
    })
  })
})
