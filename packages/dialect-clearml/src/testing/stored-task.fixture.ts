import { type CreatedTask, type DetailedChanges, type DetailedTask, newTaskId } from '@inferq/domain'
import type { Clearml } from './clearml.fixture.ts'

/** A task as it would stand in the record, without the endpoints that write: a draft, and then `changes` of it. */
export async function storeTask(
  { store, company, user }: Pick<Clearml, 'store' | 'company' | 'user'>,
  fields: Partial<CreatedTask> = {},
  changes: DetailedChanges = {},
): Promise<DetailedTask> {
  const created = await store.tasks.createTask({
    ...{ id: newTaskId(), company, user: user.id, name: 'a task', type: 'training', job: null },
    ...{ tags: [], attemptsAllowed: 1, input: null, inputKey: null },
    ...fields,
  })
  if (Object.keys(changes).length === 0) return created
  const changed = await store.tasks.changeTask(created.company, created.id, () => ({ set: changes, counts: 'edit' }))
  if (!changed) throw new Error('the task that was just made is not there')
  return changed.after
}

const startedAt = Date.parse('2026-01-02T03:04:05.678Z')

/** A task of Inferq's own workers that has come to an end with this result. */
export async function storeFinishedJob(
  clearml: Pick<Clearml, 'store' | 'company' | 'user'>,
  fields: Partial<CreatedTask>,
  result: { result: string | null; resultKey?: string },
): Promise<DetailedTask> {
  const { store, company } = clearml
  const task = await storeTask(clearml, { job: 'embed.text', ...fields }, { status: 'in_progress', run: 1, step: 2 })
  const recorded = await store.tasks.recordOutcomes([
    {
      ...{ taskId: task.id, run: 1, step: 3, repeatable: false, wins: true, status: 'completed', statusReason: '' },
      ...{ worker: 'worker-1', startedAt, progress: null, error: null, nextAttemptAt: null, timings: null },
      ...{ resultKey: null, events: [], ...result },
    },
  ])
  if (recorded.length !== 1) throw new Error('the result was not recorded')
  const [done] = await store.tasks.findDetailed(company, [task.id], 'own')
  return done as DetailedTask
}
