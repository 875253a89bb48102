import { beforeAll, describe, expect, it } from 'vitest'
import { codes } from '../auth/auth.fixture.ts'
import { type QueueBench, startQueues } from '../queues/queues.fixture.ts'

let bench: QueueBench
beforeAll(async () => {
  bench = await startQueues()
})

const propertiesOf = async (worker: string) =>
  (await bench.ok('workers.get_runtime_properties', { worker })).runtime_properties

describe('workers.set_runtime_properties', () => {
  it('success: sets by key, keeps the others, and reports do not undo it', async () => {
    await bench.ok('workers.register', { worker: 'w1' })
    const set = (key: string, value: string) =>
      bench.ok('workers.set_runtime_properties', { worker: 'w1', runtime_properties: [{ key, value }] })
    expect(await set('a', '1')).toEqual({})
    await set('b', '2')
    await set('a', '3')
    await bench.ok('workers.status_report', { worker: 'w1', timestamp: Date.now() })
    expect(await propertiesOf('w1')).toEqual([
      { key: 'a', value: '3' },
      { key: 'b', value: '2' },
    ])
  })

  it('refusal: a worker that is not registered, and one of another company', async () => {
    await bench.ok('workers.register', { worker: 'w2' })
    const request = { worker: 'w2', runtime_properties: [] }
    const other = await bench.another({ company: 'new' })
    expect(codes(await other.call('workers.set_runtime_properties', request))).toBe('400/1001')
    expect(codes(await bench.call('workers.set_runtime_properties', { ...request, worker: 'nobody' }))).toBe('400/1001')
  })

  it.each([
    ['no properties', { worker: 'w' }],
    ['a property without a key', { worker: 'w', runtime_properties: [{ value: 'x' }] }],
    ['a value that is no text', { worker: 'w', runtime_properties: [{ key: 'a', value: 1 }] }],
  ])('wrong input: %s', async (_, request) => {
    expect(codes(await bench.call('workers.set_runtime_properties', request))).toBe('400/12')
  })
})
