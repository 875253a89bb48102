import { beforeAll, describe, expect, it } from 'vitest'
import { unknownId } from '../queues/queues.fixture.ts'
import { type StatusBench, startStatuses } from './status.fixture.ts'

let bench: StatusBench
beforeAll(async () => {
  bench = await startStatuses()
})

describe('tasks.reset_many', () => {
  it('success: makes a draft of each, off its queue and without its models', async () => {
    const queue = await bench.newQueue()
    const [waiting = ''] = await bench.waiting(queue.id, 1)
    const done = await bench.taskIn('completed')
    await bench.draftModel({ task: done })
    const { succeeded, failed } = await bench.ok('tasks.reset_many', { ids: [waiting, done] })
    const fields = { status: 'created', status_reason: 'reset', status_message: 'reset' }
    expect(failed).toEqual([])
    expect(succeeded).toMatchObject([
      { id: waiting, dequeued: true, updated: 1, fields, deleted_models: 0, urls: {} },
      { id: done, dequeued: false, updated: 1, fields, deleted_models: 1, urls: {} },
    ])
  })

  it('success: clear_all and return_file_urls hold for all', async () => {
    const id = await bench.taskIn('failed', { script: { entry_point: 'run.py' } })
    const { succeeded } = await bench.ok('tasks.reset_many', { ids: [id], clear_all: true, return_file_urls: true })
    expect(succeeded).toMatchObject([{ urls: { model_urls: [], artifact_urls: [], event_urls: [] } }])
    expect((await bench.taskNow(id)).script).toBeNull()
  })

  it('refusal: what cannot be reset is listed as failed, and the others are reset', async () => {
    const [published, stopped] = [await bench.taskIn('published'), await bench.taskIn('stopped')]
    const { succeeded, failed } = await bench.ok('tasks.reset_many', { ids: [published, unknownId, stopped] })
    expect(succeeded).toMatchObject([{ id: stopped }])
    expect(failed).toMatchObject([
      { id: published, error: { codes: [400, 110] } },
      { id: unknownId, error: { codes: [400, 101] } },
    ])
  })

  it('wrong input: a list that is missing, empty or holds no texts is refused', async () => {
    for (const body of [{}, { ids: [] }, { ids: [1] }]) {
      expect(await bench.codeOf('tasks.reset_many', body)).toBe('400/12')
    }
  })
})
