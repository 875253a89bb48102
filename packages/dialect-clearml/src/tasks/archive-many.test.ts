import { beforeAll, describe, expect, it } from 'vitest'
import { unknownId } from '../queues/queues.fixture.ts'
import { type StatusBench, startStatuses } from './status.fixture.ts'

let bench: StatusBench
beforeAll(async () => {
  bench = await startStatuses()
})

describe('tasks.archive_many', () => {
  it('success: puts each away, off its queue', async () => {
    const queue = await bench.newQueue()
    const [id = ''] = await bench.waiting(queue.id, 1)
    const answer = await bench.ok('tasks.archive_many', { ids: [id, id], status_reason: 'away' })
    expect(answer).toEqual({ succeeded: [id, id].map((id) => ({ id, archived: true })), failed: [] })
    expect(await bench.taskNow(id)).toMatchObject({ status: 'created', systemTags: ['archived'], statusReason: 'away' })
    expect(await bench.entriesOf(queue.id)).toEqual([])
  })

  it('refusal: one that is unknown is listed as failed, and the others are done', async () => {
    const id = await bench.agentsTask()
    const { succeeded, failed } = await bench.ok('tasks.archive_many', { ids: [unknownId, id] })
    expect(succeeded).toEqual([{ id, archived: true }])
    expect(failed).toMatchObject([{ id: unknownId, error: { codes: [400, 101] } }])
  })

  it('wrong input: a list that is missing, empty or holds no texts is refused', async () => {
    for (const body of [{}, { ids: [] }, { ids: [1] }]) {
      expect(await bench.codeOf('tasks.archive_many', body)).toBe('400/12')
    }
  })
})
