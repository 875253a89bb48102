import { beforeAll, describe, expect, it } from 'vitest'
import { unknownId } from '../queues/queues.fixture.ts'
import { type StatusBench, startStatuses } from './status.fixture.ts'

let bench: StatusBench
beforeAll(async () => {
  bench = await startStatuses()
})

describe('tasks.delete_many', () => {
  it('success: deletes each, and says what became of its children and models', async () => {
    const [parent, other] = [await bench.agentsTask(), await bench.taskIn('failed')]
    await bench.agentsTask({ parent })
    await bench.draftModel({ task: other })
    const { succeeded, failed } = await bench.ok('tasks.delete_many', { ids: [parent, other], force: true })
    const deleted = { deleted: true, updated_children: 0, updated_models: 0, deleted_models: 0, urls: null }
    expect(failed).toEqual([])
    expect(succeeded).toEqual([
      { ...deleted, id: parent, updated_children: 1 },
      { ...deleted, id: other, deleted_models: 1 },
    ])
  })

  it('refusal: what cannot be deleted is listed as failed, and the others are gone', async () => {
    const [draft, done] = [await bench.agentsTask(), await bench.taskIn('completed')]
    const { succeeded, failed } = await bench.ok('tasks.delete_many', { ids: [done, draft, draft] })
    expect(succeeded).toMatchObject([{ id: draft, deleted: true }])
    expect(failed).toMatchObject([
      { id: done, error: { codes: [400, 123] } },
      { id: draft, error: { codes: [400, 101], data: { id: draft } } },
    ])
    expect(await bench.codeOf('tasks.delete_many', { ids: [unknownId] })).toBe('200/0')
  })

  it('wrong input: a list that is missing, empty or holds no texts is refused', async () => {
    for (const body of [{}, { ids: [] }, { ids: [1] }]) {
      expect(await bench.codeOf('tasks.delete_many', body)).toBe('400/12')
    }
  })
})
