import { type DetailedTask, newTaskId } from '@inferq/domain'
import { expect } from 'vitest'
import type { Answer, Clearml, ClearmlCaller } from './clearml.fixture.ts'

/** Makes a draft; answers its id. */
export const makeTask = async (caller: ClearmlCaller, fields: object = {}): Promise<string> =>
  (await caller.ok('tasks.create', { name: 'a task', type: 'testing', ...fields })).id

/** A script that says that Inferq's own workers run the task. */
export const embedScript = { repository: 'inferq', entry_point: 'embed.text' }

export const inputOf = (value: unknown) => ({ input: { name: 'input', type: 'json', value: JSON.stringify(value) } })

/** The task's document as it is answered now. */
export const readTask = async (caller: ClearmlCaller, id: string): Promise<Answer['data']> =>
  (await caller.ok('tasks.get_by_id', { task: id })).task

export const readRow = async ({ services, company }: Clearml, id: string): Promise<DetailedTask> => {
  const [row] = await services.tasks.findDetailed(company, [id], 'own')
  if (!row) throw new Error(`there is no task ${id}`)
  return row
}

/** Puts a task into a status without a transition. */
export const setStatus = (caller: ClearmlCaller, id: string, status: string): Promise<unknown> =>
  caller.ok('tasks.edit', { task: id, force: true, status })

export async function makePublicTask(caller: ClearmlCaller, fields: object = {}): Promise<string> {
  const id = await makeTask(caller, fields)
  await caller.ok('tasks.make_public', { ids: [id] })
  return id
}

export const unknownTask = '0'.repeat(32)

/** A model of the caller's company; answers its id. */
export async function makeModel({ services, company, user }: Clearml): Promise<string> {
  const { id } = await services.models.createModel({
    ...{ id: newTaskId(), company, user: user.id, name: 'a model', uri: 'file:///model', framework: null, task: null },
    ...{ parent: null, project: null, ready: true, labels: {}, design: {}, tags: [], systemTags: [], comment: '' },
    metadata: {},
  })
  return id
}

/** A project of that path in the caller's company, or a public one; answers its id. */
export const makeProject = async (
  { services, company, user }: Clearml,
  name: string,
  owner = company,
): Promise<string> => (await services.projects.ensureProject({ company: owner, user: user.id }, name)).id

/**
 * That an endpoint changes nobody's tasks but the caller's own: 400/101 for all others, 403/21 for public ones. Where it
 * takes many tasks, one of the caller's own comes first and must stay as it is too.
 */
export async function expectOwnOnly(
  clearml: Clearml,
  endpoint: string,
  bodyOf: (task: string, own: string) => object,
): Promise<void> {
  const other = await clearml.another({ company: 'new' })
  const [own, foreign, shown] = [await makeTask(clearml), await makeTask(other), await makePublicTask(other)]
  const readAll = async () => [
    await readTask(clearml, own),
    await readTask(other, foreign),
    await readTask(other, shown),
  ]
  const before = await readAll()
  for (const task of [unknownTask, 'nonsense', foreign]) {
    const answer = await clearml.call(endpoint, bodyOf(task, own))
    expect(answer).toMatchObject({ status: 400, subcode: 101, data: {} })
  }
  const answer = await clearml.call(endpoint, bodyOf(shown, own))
  expect(answer).toMatchObject({ status: 403, subcode: 21, data: {} })
  expect(await other.call(endpoint, bodyOf(shown, foreign))).toMatchObject({ status: 403, subcode: 21 })
  expect(await readAll()).toEqual(before)
}
