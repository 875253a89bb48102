import { createOperations, deletePassed, type Ports, type Task, taskFileKey } from '@inferq/domain'
import { createLocalFiles } from '@inferq/files'
import { openStore, type Store } from '@inferq/store'
import { freshDatabase, postgresAvailable, tempDir } from '@inferq/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const company = 'c'.repeat(32)
const tag = 'passing'
const dayMs = 86_400_000
let store: Store
let ports: Ports
let drop = async () => {}
const folder = await tempDir('passed')

beforeAll(async () => {
  const database = postgresAvailable() ? await freshDatabase(migrate) : null
  drop = database?.drop ?? drop
  store = await openStore(database ? { databaseUrl: database.url } : { dataDir: 'in-memory' })
  await store.migrate()
  const line = { addJobs: async () => {}, counts: async (refs: unknown[]) => refs.map(() => ({ waiting: 0 })) }
  ports = {
    ...store,
    ...{ files: createLocalFiles(folder.path), line: line as unknown as Ports['line'] },
    limits: { queueCapacity: 1_000, leaseSeconds: 1 },
    knownModels: async () => [],
    onDeferred(what, cause) {
      throw new Error(what, { cause })
    },
  }
})
afterAll(async () => {
  await store.close()
  await drop()
  await folder.remove()
})

const longInput = {
  images: Array.from({ length: 64 }, (_, i) => ({ source: { url: `https://x/${'a'.repeat(2_000)}${i}` } })),
}

async function submit(input: object, tags: readonly string[] = [tag]): Promise<Task> {
  const submission = { company, user: 'u', queue: 'q', job: 'embed.image', tags, input }
  const [answer] = await createOperations(ports).submitTasks([submission])
  if (!answer || 'error' in answer) throw answer?.error
  return answer.task
}
const image = { images: [{ source: { base64: 'AAAA' } }] }
const end = (task: Task) =>
  store.tasks.updateTask(company, task.id, { statuses: ['queued'] }, { status: 'failed', completedAt: 'now' })
const listPassing = () => store.tasks.listPassing({ tag, olderThanMs: 0, limit: 100 })
const isThere = async ({ id }: Task) => (await store.tasks.findTask(company, id)) !== null

describe('a task that is kept for a time only', () => {
  it('goes with its files once that time is over, and stays until then', async () => {
    const task = await submit(longInput)
    const resultKey = `results/${task.id}.json`
    await ports.files.put(resultKey, '{}')
    await store.tasks.recordOutcomes([
      {
        ...{ taskId: task.id, run: 1, step: 3, repeatable: false, wins: true, status: 'completed', statusReason: '' },
        ...{ worker: 'w', startedAt: Date.now(), progress: null, error: null, nextAttemptAt: null, events: [] },
        ...{ result: null, resultKey, timings: null },
      },
    ])
    expect(await deletePassed(ports, { tag, keptMs: dayMs })).toEqual({ deleted: 0, more: false })
    expect(await isThere(task)).toBe(true)
    expect(await ports.files.getText(task.inputKey ?? '')).toContain('https://x/')
    expect(await deletePassed(ports, { tag, keptMs: 0 })).toEqual({ deleted: 1, more: false })
    expect(await isThere(task)).toBe(false)
    for (const key of [task.inputKey, resultKey]) expect(await ports.files.getText(key ?? '')).toBeNull()
  })

  it('takes the files with it that came with it', async () => {
    const id = '0'.repeat(31).concat('1')
    const file = taskFileKey(id, 0)
    await ports.files.put(file, 'an image')
    const submission = { id, company, user: 'u', queue: 'q', job: 'embed.image', tags: [tag] }
    await createOperations(ports).submitTasks([{ ...submission, input: { images: [{ source: { file } }] } }])
    await store.tasks.updateTask(company, id, { statuses: ['queued'] }, { status: 'stopped' })
    await deletePassed(ports, { tag, keptMs: 0 })
    expect(await ports.files.getText(file)).toBeNull()
  })

  it('stays while it waits, and so does whatever has another tag', async () => {
    const [waits, other] = [await submit(image), await submit(image, ['other'])]
    await end(other)
    expect(await deletePassed(ports, { tag, keptMs: 0 })).toEqual({ deleted: 0, more: false })
    expect([await isThere(waits), await isThere(other)]).toEqual([true, true])
  })

  it('goes also when there are more of them than fit a page, and one that cannot go holds up none', async () => {
    const tasks = await Promise.all(Array.from({ length: 60 }, () => submit(image)))
    await Promise.all(tasks.map(end))
    const held = tasks[3]?.id
    const holding: Ports = {
      ...ports,
      tasks: {
        ...ports.tasks,
        deleteTask: async (of, id, ...more) => (id === held ? null : ports.tasks.deleteTask(of, id, ...more)),
      },
    }
    const before = await listPassing()
    for (let more = true; more; ) ({ more } = await deletePassed(holding, { tag, keptMs: 0 }))
    expect([before.length, await listPassing()]).toEqual([60, [{ id: held, company }]])
    expect(await deletePassed(ports, { tag, keptMs: 0 })).toEqual({ deleted: 1, more: false })
  })
})

async function migrate(databaseUrl: string): Promise<void> {
  const empty = await openStore({ databaseUrl })
  await empty.migrate()
  await empty.close()
}
