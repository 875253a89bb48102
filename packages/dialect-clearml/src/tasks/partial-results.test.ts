import { partialsKeyOf } from '@inferq/contracts'
import { newTaskId, recoverOrphans, removeStrays, stoppingMessage } from '@inferq/domain'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const operations = () => clearml.services.operations
const source = { url: 'https://example.org/a.mp4' }

interface Kept {
  id: string
  key: string
  queue: string
}

/** A task whose first attempt kept what it had done, and whose job waits for the next one. */
async function keepsPartials(job = 'embed.video', input: object = { source }): Promise<Kept> {
  const { company, user } = clearml
  const queue = `partial ${newTaskId()}`
  const [answer] = await operations().submitTasks([{ company, user: user.id, job, queue, input }])
  if (!answer || 'error' in answer) throw answer?.error
  const { id, run } = answer.task
  const now = Date.now()
  await operations().recordOutcomes([
    { v: 1, kind: 'started', taskId: id, run, attempt: 1, worker: 'w', startedAt: now, at: now },
  ])
  const key = partialsKeyOf(id, run)
  await clearml.ports.files.put(key, 'what was done')
  return { id, key, queue }
}

const isKept = async ({ key }: Kept) => (await clearml.ports.files.getText(key)) !== null
const recover = () => recoverOrphans(clearml.ports, { olderThanMs: 0, outcomesRecorded: async () => true })
const loseJob = ({ id, queue }: Kept) => clearml.ports.line.removeJob({ company: clearml.company, queue }, `${id}-1`)

describe('what attempts of a run kept goes when nobody will go on with it:', () => {
  it.each<[string, (task: Kept) => Promise<unknown>]>([
    ['the task is cancelled', ({ id }) => operations().cancelTask(clearml.company, id)],
    ['it is stopped over the ClearML API', ({ id }) => clearml.ok('tasks.stop', { task: id, force: true })],
    ['it is said to have failed', ({ id }) => clearml.ok('tasks.failed', { task: id, force: true })],
    ['it is taken off its queue', ({ id }) => clearml.ok('tasks.dequeue', { task: id })],
    ['it is reset', ({ id }) => clearml.ok('tasks.reset', { task: id, force: true })],
    ['it is deleted over the ClearML API', ({ id }) => clearml.ok('tasks.delete', { task: id, force: true })],
    [
      'it is deleted once it has ended, whatever its worker left',
      async (task) => {
        await operations().cancelTask(clearml.company, task.id)
        await clearml.ports.files.put(task.key, 'left')
        await operations().deleteTask(clearml.company, task.id)
      },
    ],
    [
      'its worker was lost after a stop was asked for',
      async (task) => {
        await clearml.ports.tasks.changeTask(clearml.company, task.id, () => ({
          set: { statusMessage: stoppingMessage },
        }))
        await loseJob(task)
        await recover()
      },
    ],
    [
      'its job is a stray one of a task that is gone',
      async (task) => {
        await clearml.ports.tasks.deleteTask(clearml.company, task.id, { statuses: ['in_progress'] })
        await removeStrays(clearml.ports)
      },
    ],
  ])('%s', async (_, end) => {
    const task = await keepsPartials()
    expect(await isKept(task)).toBe(true)
    await end(task)
    expect(await isKept(task)).toBe(false)
  })
})

describe('what attempts of a run kept stays while the run goes on:', () => {
  it.each<[string, (task: Kept) => Promise<unknown>]>([
    [
      'its job was lost, and is in line again',
      async (task) => {
        await loseJob(task)
        await recover()
      },
    ],
    ['the task is renamed', ({ id }) => clearml.ok('tasks.edit', { task: id, name: 'another name', force: true })],
    ['nothing is stray', () => removeStrays(clearml.ports)],
  ])('%s', async (_, act) => {
    const task = await keepsPartials()
    await act(task)
    expect(await isKept(task)).toBe(true)
  })
})

it('a job that keeps nothing costs the file store no deletion when its run ends', async () => {
  const task = await keepsPartials('embed.text', { texts: ['a'] })
  await operations().cancelTask(clearml.company, task.id)
  await operations().deleteTask(clearml.company, task.id)
  expect(await isKept(task)).toBe(true)
})
