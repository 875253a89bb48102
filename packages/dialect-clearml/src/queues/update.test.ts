import { beforeAll, describe, expect, it } from 'vitest'
import { codes } from '../auth/auth.fixture.ts'
import { type QueueBench, startQueues, unknownId } from './queues.fixture.ts'

let bench: QueueBench
beforeAll(async () => {
  bench = await startQueues()
})

const queueNow = async (id: string) => (await bench.ok('queues.get_by_id', { queue: id })).queue

describe('queues.update', () => {
  it('success: sets only what is sent, metadata as a whole, and answers what it set', async () => {
    const metadata = { a: { key: 'a', type: 'string', value: 'x' } }
    const { id, name } = await bench.newQueue({ tags: ['kept'], metadata })
    const before = await queueNow(id)
    const changes = { display_name: 'Shown', metadata: { b: { key: 'b', type: 'string', value: 'y' } }, tags: null }
    const answer = await bench.ok('queues.update', { queue: id, ...changes })
    expect(answer).toEqual({ updated: 1, fields: { display_name: 'Shown', metadata: changes.metadata } })
    expect(await queueNow(id)).toEqual({ ...before, name, display_name: 'Shown', metadata: changes.metadata })
  })

  it('success: with a new name tasks that wait stay in line, in order, and are served under it', async () => {
    const { id, name } = await bench.newQueue()
    const tasks = await bench.waiting(id, 1, 3)
    await bench.ok('queues.move_task_to_front', { queue: id, task: tasks[3] })
    const order = [tasks[0], tasks[3], tasks[1], tasks[2]]
    const renamed = `${name} renamed`
    await bench.ok('queues.update', { queue: id, name: renamed })
    expect(await bench.entriesOf(id)).toEqual(order)
    const counts = await bench.services.line.counts([
      { company: bench.company, queue: name },
      { company: bench.company, queue: renamed },
    ])
    expect(counts.map(({ waiting }) => waiting)).toEqual([0, 3])
    const held = await bench.holdFirst(renamed)
    expect(await bench.entriesOf(id)).toEqual([tasks[0], tasks[1], tasks[2]])
    await held.letGo()
  })

  it('success: with a new name what waits for its next attempt follows, and what a worker holds is finished', async () => {
    const { id, name } = await bench.newQueue()
    const [retried, held] = await bench.waiting(id, 0, 2)
    await (await bench.holdFirst(name)).letGo({ kind: 'retry', delayMs: 600_000 })
    const worker = await bench.holdFirst(name)
    const renamed = `${name} renamed`
    await bench.ok('queues.update', { queue: id, name: renamed })
    expect(await bench.entriesOf(id)).toEqual([retried])
    const present = (queue: string, task = '') =>
      bench.services.line.present({ company: bench.company, queue }, [`${task}-1`])
    expect(await present(name, retried)).toEqual([false])
    expect(await present(name, held)).toEqual([true])
    await worker.letGo()
    expect(await present(name, held)).toEqual([false])
  })

  it('success: a queue that is renamed leaves alone what comes to a new one of its old name', async () => {
    const first = await bench.newQueue()
    await bench.ok('queues.update', { queue: first.id, name: `${first.name} b` })
    const second = await bench.ok('queues.create', { name: first.name })
    const tasks = await bench.waiting(second.id, 0, 1)
    await bench.ok('queues.update', { queue: first.id, name: `${first.name} c` })
    expect(await bench.entriesOf(second.id)).toEqual(tasks)
    expect(await bench.entriesOf(first.id)).toEqual([])
  })

  it('success: a paused queue is paused under its new name, and a new one of its old name is not', async () => {
    const { id, name } = await bench.newQueue()
    await bench.services.operations.setQueuePaused(bench.company, name, true)
    await bench.waiting(id, 0, 1)
    await bench.ok('queues.update', { queue: id, name: `${name} b` })
    await bench.ok('queues.create', { name })
    const again = await bench.ok('queues.get_all', { name: `^${name}$` })
    await bench.waiting(again.queues[0].id, 0, 1)
    const held = await bench.holdFirst(name)
    expect(await bench.entriesOf(id)).toHaveLength(1)
    await held.letGo()
  })

  it('success: nothing that is known changes nothing', async () => {
    const { id } = await bench.newQueue()
    expect(await bench.ok('queues.update', { queue: id, color: 'red' })).toEqual({ updated: 0, fields: {} })
  })

  it('refusal: an unknown or foreign queue, and a name that is taken', async () => {
    const { id } = await bench.newQueue()
    const { name } = await bench.newQueue()
    const other = await bench.another({ company: 'new' })
    expect(codes(await bench.call('queues.update', { queue: unknownId, tags: [] }))).toBe('400/701')
    expect(codes(await other.call('queues.update', { queue: id, tags: [] }))).toBe('400/701')
    expect(codes(await bench.call('queues.update', { queue: id, name }))).toBe('400/801')
  })

  it.each([
    ['no queue', {}, '400/12'],
    ['tags that are no list', { tags: 'x' }, '400/12'],
    ['a reserved tag', { tags: ['__$x'] }, '400/16'],
    ['a name that is too short', { name: ' a ' }, '400/800'],
  ])('wrong input: %s', async (what, request, code) => {
    const queue = what === 'no queue' ? {} : { queue: (await bench.newQueue()).id }
    expect(codes(await bench.call('queues.update', { ...queue, ...request }))).toBe(code)
  })
})
