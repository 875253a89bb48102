import { parseJobId } from '@inferq/contracts'
import { beforeAll, describe, expect, it } from 'vitest'
import { anonymous, codes } from '../auth/auth.fixture.ts'
import { reportNative } from '../workers/workers.fixture.ts'
import { type QueueBench, startQueues, unknownId } from './queues.fixture.ts'

let bench: QueueBench
beforeAll(async () => {
  bench = await startQueues()
})

const exOf = async (id: string, more: object = {}) =>
  (await bench.ok('queues.get_all_ex', { id: [id], ...more })).queues[0]

describe('queues.get_all_ex', () => {
  it('success: company and the tasks of both lines are objects', async () => {
    const { id } = await bench.newQueue()
    const agents = await bench.agentsTask({ name: 'for agents' })
    const native = await bench.nativeTask({ name: 'for workers' })
    for (const task of [agents, native]) await bench.enqueue(task, id)
    const queue = await exOf(id)
    expect(queue.company).toEqual({ id: bench.company })
    expect(queue.entries.map(({ task }: { task: unknown }) => task)).toEqual([
      { id: agents, name: 'for agents' },
      { id: native, name: 'for workers' },
    ])
    expect(await exOf(id, { only_fields: ['company.name', 'entries.task.id'] })).toMatchObject({
      company: { id: bench.company, name: expect.any(String) },
      entries: [{ task: { id: agents } }, { task: { id: native } }],
    })
  })

  it('success: an entry whose task is gone keeps its id', async () => {
    const { id } = await bench.newQueue()
    await bench.ok('queues.add_task', { queue: id, task: unknownId })
    expect((await exOf(id)).entries[0].task).toEqual({ id: unknownId })
  })

  it('success: the workers that watch the queue now are agents and native ones alike', async () => {
    const { id, name } = await bench.newQueue()
    const task = await bench.agentsTask({ name: 'running' })
    await bench.ok('workers.register', { worker: 'box:gpu0', queues: [id] })
    await bench.ok('workers.status_report', { worker: 'box:gpu0', timestamp: Date.now(), task, queue: id })
    const running = `${await bench.nativeTask()}-1`
    await reportNative(bench.company, { id: 'native-1', queues: [name], running: [running] })
    const { workers } = await exOf(id)
    expect(workers).toEqual([
      {
        name: 'box:gpu0',
        key: expect.stringContaining('box:gpu0'),
        ip: expect.any(String),
        task: { id: task, name: 'running' },
      },
      {
        name: 'native-1',
        key: expect.stringContaining('native-1'),
        task: { id: parseJobId(running)?.taskId, name: 'some task' },
      },
    ])
    const other = await bench.newQueue()
    expect((await exOf(other.id)).workers).toEqual([])
  })

  it('success: filters say what the lists must and must not have', async () => {
    const one = await bench.newQueue({ tags: ['up', 'left'] })
    const two = await bench.newQueue({ tags: ['up'] })
    const found = async (filters: object) =>
      (await bench.ok('queues.get_all_ex', { filters, order_by: ['name'] })).queues.map(({ id }: { id: string }) => id)
    expect(await found({ tags: { all: { include: ['up'], exclude: ['left'] } } })).toEqual([two.id])
    expect(await found({ tags: { all: { include: ['up', 'left'] } } })).toEqual([one.id])
  })

  it('refusal: without a credential', async () => {
    expect(codes(await bench.call('queues.get_all_ex', {}, { headers: anonymous }))).toBe('401/20')
  })

  it.each([
    ['filters that are no map', { filters: 'x' }, '400/16'],
    ['a filter with an unknown key', { filters: { tags: { some: {} } } }, '400/12'],
    ['a field that queues do not have', { only_fields: ['workers.task'] }, '400/14'],
  ])('wrong input: %s', async (_, request, code) => {
    expect(codes(await bench.call('queues.get_all_ex', request))).toBe(code)
  })
})
