import { beforeAll, describe, expect, it } from 'vitest'
import { unknownId } from '../queues/queues.fixture.ts'
import { type StatusBench, startStatuses } from './status.fixture.ts'

let bench: StatusBench
beforeAll(async () => {
  bench = await startStatuses()
})

describe('tasks.publish_many', () => {
  it('success: publishes each in the order asked', async () => {
    const ids = [await bench.taskIn('completed'), await bench.taskIn('stopped')]
    const { succeeded, failed } = await bench.ok('tasks.publish_many', { ids, status_reason: 'all' })
    expect(failed).toEqual([])
    expect(succeeded).toMatchObject(
      ids.map((id) => ({ id, updated: 1, fields: { status: 'published', status_reason: 'all' } })),
    )
  })

  it('refusal: one that is unknown or cannot be published is listed as failed, and the others are published', async () => {
    const [good, draft] = [await bench.taskIn('completed'), await bench.agentsTask()]
    const strange = await bench.taskIn('unknown')
    const { succeeded, failed } = await bench.ok('tasks.publish_many', { ids: [unknownId, draft, strange, good] })
    expect(succeeded).toMatchObject([{ id: good }])
    expect(failed).toMatchObject([
      { id: unknownId, error: { codes: [400, 101], data: { id: unknownId, company: bench.company } } },
      { id: draft, error: { codes: [400, 110] } },
      { id: strange, error: { codes: [500, 1] } },
    ])
    expect((await bench.taskNow(draft)).status).toBe('created')
  })

  it('refusal: the second of two of the same has nothing left to publish', async () => {
    const id = await bench.taskIn('completed')
    const { succeeded, failed } = await bench.ok('tasks.publish_many', { ids: [id, id] })
    expect([succeeded.length, failed.length]).toEqual([1, 1])
  })

  it('wrong input: a list that is missing, empty or holds no texts is refused', async () => {
    for (const body of [{}, { ids: [] }, { ids: [1] }, { ids: 'x' }]) {
      expect(await bench.codeOf('tasks.publish_many', body)).toBe('400/12')
    }
  })
})
