import { type DomainError, newTaskId, taskFileKey } from '@inferq/domain'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { inputOf, makeTask, readRow } from '../testing/tasks.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const classifyScript = { repository: 'inferq', entry_point: 'classify.image' }
/** Enough more that the input goes into a file of its own. */
const manyLabels = Array.from({ length: 3_000 }, (_, id) => ({ of: id, id, name: `label number ${id}` }))
const sizes = [
  ['in the row', {}],
  ['in a file', { labels: manyLabels }],
] as const

const namingFiles = (...keys: string[]) => ({ images: keys.map((file) => ({ source: { file } })) })
const isThere = async (key: string) => (await clearml.ports.files.getText(key)) !== null
const statOf = (keys: readonly string[]) => Promise.all(keys.map(isThere))

/** A task as a dialect hands it in that stores two images first. */
async function submit(more: object = {}, queue = `files ${newTaskId()}`) {
  const id = newTaskId()
  const keys = [taskFileKey(id, 0), taskFileKey(id, 1)]
  for (const key of keys) await clearml.ports.files.put(key, Buffer.from('an image'))
  const [answer] = await clearml.services.operations.submitTasks([
    {
      ...{ id, company: clearml.company, user: clearml.user.id, job: 'classify.image', queue },
      input: { ...namingFiles(...keys), ...more },
    },
  ])
  if (!answer || 'error' in answer) throw answer?.error
  return { id, keys }
}

/** The same off its queue, so that everything may be done with it. */
async function submitIdle(more: object = {}) {
  const submitted = await submit(more)
  await clearml.services.operations.dequeueTask(clearml.company, submitted.id)
  return submitted
}

const enqueue = (task: string) => clearml.call('tasks.enqueue', { task, queue_name: `files ${newTaskId()}` })
const edit = (task: string, input: unknown) =>
  clearml.ok('tasks.edit', { task, configuration: inputOf(input), force: true })

describe.each(sizes)('the files of a task whose input is %s', (_where, more) => {
  it('go with it when it is deleted over the native API', async () => {
    const { id, keys } = await submit(more)
    expect(await statOf(keys)).toEqual([true, true])
    await clearml.services.operations.deleteTask(clearml.company, id)
    expect(await statOf(keys)).toEqual([false, false])
  })

  it('go with it when it is deleted over the ClearML API', async () => {
    const { id, keys } = await submit(more)
    await clearml.ok('tasks.delete', { task: id, force: true })
    expect(await statOf(keys)).toEqual([false, false])
  })

  it('stay while it is stopped, reset and run again', async () => {
    const { id, keys } = await submit(more)
    await clearml.services.operations.cancelTask(clearml.company, id)
    await clearml.services.operations.retryTask(clearml.company, id)
    await clearml.services.operations.cancelTask(clearml.company, id)
    await clearml.ok('tasks.reset', { task: id })
    expect(await enqueue(id)).toMatchObject({ status: 200 })
    expect(await statOf(keys)).toEqual([true, true])
  })

  it('go when an edit replaces the input, but those that it still names', async () => {
    const { id, keys } = await submitIdle(more)
    await edit(id, { ...namingFiles(keys[1] as string), ...more })
    expect(await statOf(keys)).toEqual([false, true])
    expect(await enqueue(id)).toMatchObject({ status: 200 })
  })

  it('stay under an edit that breaks the input, until the next one', async () => {
    const { id, keys } = await submitIdle(more)
    await edit(id, { ...namingFiles(...keys), ...more, max_predictions: 'many' })
    expect(await enqueue(id)).toMatchObject({ status: 400 })
    expect(await statOf(keys)).toEqual([true, true])
    await edit(id, { ...namingFiles(...keys), ...more })
    expect(await enqueue(id)).toMatchObject({ status: 200 })
  })

  it('go when a reset clears the job', async () => {
    const { id, keys } = await submitIdle(more)
    await clearml.ok('tasks.reset', { task: id, force: true, clear_all: true })
    expect(await statOf(keys)).toEqual([false, false])
  })

  it('stay when a clone is deleted, which cannot run with them', async () => {
    const { id, keys } = await submitIdle(more)
    const { id: clone } = await clearml.ok('tasks.clone', { task: id })
    const refusal = await enqueue(clone)
    expect(refusal).toMatchObject({ status: 400 })
    expect(refusal.msg).toContain('input.images[0].source.file')
    expect(await readRow(clearml, clone)).toMatchObject({ status: 'created', queuedAt: null })
    await clearml.ok('tasks.delete', { task: clone })
    expect(await statOf(keys)).toEqual([true, true])
  })

  it('are not those of another task that its input names', async () => {
    const { keys } = await submit(more)
    const task = await makeTask(clearml, {
      script: classifyScript,
      configuration: inputOf({ ...namingFiles(...keys), ...more }),
    })
    expect(await enqueue(task)).toMatchObject({ status: 400 })
    await edit(task, namingFiles())
    await clearml.ok('tasks.delete', { task })
    expect(await statOf(keys)).toEqual([true, true])
  })
})

describe('a submission that names files of another task', () => {
  it.each([undefined, newTaskId()])('is refused, and nothing is stored: id %s', async (id) => {
    const { keys } = await submit()
    const [answer] = await clearml.services.operations.submitTasks([
      {
        ...{ company: clearml.company, user: clearml.user.id, job: 'classify.image', queue: 'files' },
        ...(id === undefined ? {} : { id }),
        input: namingFiles(keys[0] as string),
      },
    ])
    const { error } = answer as { error: DomainError }
    expect(error).toMatchObject({ code: 'INPUT_INVALID', issues: [{ field: 'input.images[0].source.file' }] })
    expect(await statOf(keys)).toEqual([true, true])
  })
})
