import { beforeAll, describe, expect, it } from 'vitest'
import { unknownId } from '../queues/queues.fixture.ts'
import { type StatusBench, startStatuses } from './status.fixture.ts'

let bench: StatusBench
beforeAll(async () => {
  bench = await startStatuses()
})

describe('tasks.stop_many', () => {
  it('success: stops each, or asks whoever runs it', async () => {
    const [idle, run] = [await bench.taskIn('in_progress'), await bench.taskIn('in_progress', { worker: 'agent:0' })]
    await bench.ok('tasks.ping', { task: run })
    const { succeeded, failed } = await bench.ok('tasks.stop_many', { ids: [idle, run] })
    expect(failed).toEqual([])
    expect(succeeded).toMatchObject([
      { id: idle, updated: 1, fields: { status: 'stopped' } },
      { id: run, updated: 1, fields: { status: 'in_progress', status_message: 'stopping' } },
    ])
  })

  it('refusal: what cannot be stopped is listed as failed, and the others are stopped', async () => {
    const [draft, running] = [await bench.agentsTask(), await bench.taskIn('in_progress')]
    const { succeeded, failed } = await bench.ok('tasks.stop_many', { ids: [draft, unknownId, running] })
    expect(succeeded).toMatchObject([{ id: running }])
    expect(failed).toMatchObject([
      { id: draft, error: { codes: [400, 110] } },
      { id: unknownId, error: { codes: [400, 101] } },
    ])
  })

  it('wrong input: a list that is missing, empty or holds no texts is refused', async () => {
    for (const body of [{}, { ids: [] }, { ids: [1] }]) {
      expect(await bench.codeOf('tasks.stop_many', body)).toBe('400/12')
    }
  })
})
