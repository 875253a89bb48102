import { beforeAll, describe, expect, it } from 'vitest'
import { codes } from '../auth/auth.fixture.ts'
import { type QueueBench, startQueues, unknownId } from '../queues/queues.fixture.ts'

let bench: QueueBench
beforeAll(async () => {
  bench = await startQueues()
})

const agentNow = (worker: string) => bench.services.agents.find(bench.company, bench.user.id, worker)

describe('workers.register', () => {
  it('success: the agent is there with what it said, under a key of company, user and id', async () => {
    const queue = await bench.newQueue()
    const request = { worker: 'box:gpu0', queues: [queue.id], tags: ['a'], system_tags: ['s'], timeout: 30 }
    expect(await bench.ok('workers.register', request)).toEqual({})
    const { workers } = await bench.ok('workers.get_all', { worker_pattern: 'box:gpu0' })
    expect(workers).toEqual([
      {
        id: 'box:gpu0',
        key: `worker_${bench.company}_${bench.user.id}_box:gpu0`,
        user: { id: bench.user.id, name: bench.user.name },
        company: { id: bench.company, name: expect.any(String) },
        ip: expect.any(String),
        register_time: expect.any(String),
        register_timeout: 30,
        last_activity_time: expect.any(String),
        queues: [{ id: queue.id, name: queue.name, num_tasks: 0 }],
        tags: ['a'],
        system_tags: ['s'],
      },
    ])
  })

  it('success: a second registration overwrites the first', async () => {
    const queue = await bench.newQueue()
    await bench.ok('workers.register', { worker: 'twice', queues: [queue.id], tags: ['a'] })
    await bench.ok('workers.register', { worker: 'twice' })
    expect(await agentNow('twice')).toMatchObject({ queues: [], tags: [], registerTimeoutSeconds: 600 })
    expect((await bench.ok('workers.get_all', { worker_pattern: 'twice' })).workers).toHaveLength(1)
  })

  it('success: a timeout of 0 is the usual one', async () => {
    await bench.ok('workers.register', { worker: 'zero', timeout: 0 })
    expect((await agentNow('zero'))?.registerTimeoutSeconds).toBe(600)
  })

  it('refusal: an unknown or foreign queue, and nothing is registered', async () => {
    const foreign = await (await bench.another({ company: 'new' })).ok('queues.create', { name: 'foreign' })
    for (const queue of [unknownId, foreign.id, 'default']) {
      expect(codes(await bench.call('workers.register', { worker: 'refused', queues: [queue] }))).toBe('400/701')
    }
    expect(await agentNow('refused')).toBeNull()
  })

  it('refusal: a timeout below zero', async () => {
    expect(codes(await bench.call('workers.register', { worker: 'refused', timeout: -1 }))).toBe('400/1002')
  })

  it.each([
    ['no worker', {}],
    ['a worker without a name', { worker: '' }],
    ['queues that are no list', { worker: 'w', queues: 'q' }],
    ['a timeout that is no number', { worker: 'w', timeout: 'long' }],
    ['a timeout beyond all time', { worker: 'w', timeout: 1e15 }],
  ])('wrong input: %s', async (_, request) => {
    expect(codes(await bench.call('workers.register', request))).toBe('400/12')
  })
})
