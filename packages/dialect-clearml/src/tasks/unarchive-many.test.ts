import { beforeAll, describe, expect, it } from 'vitest'
import { unknownId } from '../queues/queues.fixture.ts'
import { type StatusBench, startStatuses } from './status.fixture.ts'

let bench: StatusBench
beforeAll(async () => {
  bench = await startStatuses()
})

describe('tasks.unarchive_many', () => {
  it('success: takes each out of the archive with the status that it has, and the words of the request', async () => {
    const id = await bench.taskIn('failed', { systemTags: ['archived', 'mine'], statusReason: 'old' })
    const answer = await bench.ok('tasks.unarchive_many', { ids: [id], status_message: 'back' })
    expect(answer).toEqual({ succeeded: [{ id, unarchived: true }], failed: [] })
    expect(await bench.taskNow(id)).toMatchObject({
      ...{ status: 'failed', systemTags: ['mine'], statusReason: '', statusMessage: 'back' },
    })
  })

  it('success: the steps of a controller come with it on demand', async () => {
    const id = await bench.agentsTask({ type: 'controller', systemTags: ['archived'] })
    const step = await bench.agentsTask({ parent: id, systemTags: ['archived'] })
    await bench.ok('tasks.unarchive_many', { ids: [id], include_pipeline_steps: true })
    expect((await bench.taskNow(step)).systemTags).toEqual([])
  })

  it('refusal: one that is unknown is listed as failed, and the others are done', async () => {
    const id = await bench.agentsTask()
    const { succeeded, failed } = await bench.ok('tasks.unarchive_many', { ids: [unknownId, id] })
    expect(succeeded).toEqual([{ id, unarchived: true }])
    expect(failed).toMatchObject([{ id: unknownId, error: { codes: [400, 101] } }])
  })

  it('wrong input: a list that is missing, empty or holds no texts is refused', async () => {
    for (const body of [{}, { ids: [] }, { ids: [1] }]) {
      expect(await bench.codeOf('tasks.unarchive_many', body)).toBe('400/12')
    }
  })
})
