import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { storeTask } from '../testing/stored-task.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

/** What Python's `re.escape` makes of a text. */
const reEscape = (text: string) => text.replace(/[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g, '\\$&')

describe('tasks.get_all as unmodified clients call it', () => {
  it('finds a task by its escaped name, whatever is in the name', async () => {
    const names = [
      'a-b',
      'with space',
      'hash # and ~',
      'a.b',
      'x&y',
      '(1) [2] {3}',
      'ü 日本 😀',
      'back\\slash',
      '$^*+?|',
    ]
    for (const name of names) await storeTask(clearml, { name: `clients ${name}` })
    for (const name of names) {
      const request = {
        name: `^${reEscape(`clients ${name}`)}$`,
        only_fields: ['id', 'name', 'last_update', 'system_tags'],
      }
      const { tasks } = await clearml.ok('tasks.get_all', request, { version: '2.23' })
      expect(tasks).toEqual([
        { id: expect.any(String), name: `clients ${name}`, last_update: expect.any(String), system_tags: [] },
      ])
    }
  })

  it('escapes every punctuation mark and the space without a complaint', async () => {
    const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~ '
    const name = `clients all ${punctuation}`.trim()
    const { id } = await storeTask(clearml, { name })
    const escaped = `^${[...name].map((letter) => (/\w/.test(letter) ? letter : `\\${letter}`)).join('')}$`
    expect((await clearml.ok('tasks.get_all', { name: escaped })).tasks).toMatchObject([{ id }])
  })

  it('SDK, stop signal: polls status and status_message by GET with a body', async () => {
    const { id } = await storeTask(clearml, {}, { status: 'in_progress', statusChangedAt: 'now', statusMessage: '' })
    const request = { id: [id], only_fields: ['status', 'status_message', 'id'] }
    expect(await clearml.ok('tasks.get_all', request, { version: '2.9', method: 'GET' })).toEqual({
      tasks: [{ id, status: 'in_progress', status_message: '' }],
    })
  })

  it('SDK, reuse of a task: reads name, type and project', async () => {
    const project = await clearml.store.projects.ensureProject(
      { company: clearml.company, user: clearml.user.id },
      'sdk',
    )
    const { id } = await storeTask(clearml, { name: 'reused', project: project.id, systemTags: ['development'] })
    const only_fields = [
      'status',
      'last_update',
      'name',
      'project',
      'type',
      'system_tags',
      'models.output',
      'execution.artifacts',
    ]
    expect((await clearml.ok('tasks.get_all', { id: [id], only_fields }, { version: '2.23' })).tasks).toEqual([
      {
        ...{ id, status: 'created', last_update: expect.any(String), name: 'reused', project: project.id },
        ...{ type: 'training', system_tags: ['development'], models: { output: [] }, execution: { artifacts: [] } },
      },
    ])
  })

  it('SDK, Task.get_tasks: pages of 500 with an order, status and type', async () => {
    const { id } = await storeTask(clearml, { name: 'queried', tags: ['sdk'] }, { status: 'completed' })
    const request = {
      ...{
        page: 0,
        page_size: 500,
        order_by: ['-last_update'],
        status: ['completed', 'published'],
        type: ['training'],
      },
      ...{ tags: ['__$all', 'sdk'], system_tags: ['__$all', '__$not', 'archived'], only_fields: ['id'] },
      _all_: { fields: ['script.repository'], pattern: '' },
    }
    expect((await clearml.ok('tasks.get_all', request, { version: '2.23' })).tasks).toEqual([{ id }])
    expect((await clearml.ok('tasks.get_all', { ...request, page: 1 }, { version: '2.23' })).tasks).toEqual([])
  })

  it('SDK, metrics: reads one value of one metric', async () => {
    const lastMetrics = { m: { v: { metric: 'loss', variant: 'x', value: 0.5, min_value: 0.1 } } }
    const { id } = await storeTask(clearml, { lastMetrics })
    const request = { id: [id], only_fields: ['id', 'last_metrics.m.v.value'] }
    expect((await clearml.ok('tasks.get_all', request)).tasks).toEqual([
      { id, last_metrics: { m: { v: { value: 0.5 } } } },
    ])
  })

  it('agent, task popped: reads runtime, also of a hidden task', async () => {
    const { id } = await storeTask(clearml, { runtime: { _k: '1' }, systemTags: ['hidden'] })
    const request = { id: [id], only_fields: ['runtime'], search_hidden: true }
    expect((await clearml.ok('tasks.get_all', request, { version: '2.15' })).tasks).toEqual([
      { id, runtime: { _k: '1' } },
    ])
  })

  it('agent, abort: polls a key of runtime that is not there yet', async () => {
    const { id } = await storeTask(clearml, { runtime: { _abort_callback_timeout: 60 } })
    const request = { id: [id], only_fields: ['runtime._abort_callback_completed'], search_hidden: true }
    expect((await clearml.ok('tasks.get_all', request, { version: '2.15' })).tasks).toEqual([{ id, runtime: {} }])
  })

  it('agent, execute: reads the requirements of the script, and of the container', async () => {
    const { id } = await storeTask(clearml, { script: { requirements: { pip: ['numpy'] }, repository: 'r' } })
    const request = { id: [id], only_fields: ['script.requirements', 'container'] }
    expect((await clearml.ok('tasks.get_all', request, { version: '2.5' })).tasks).toEqual([
      { id, script: { requirements: { pip: ['numpy'] } }, container: {} },
    ])
  })

  it('agent, monitoring: status_message is a string as soon as the status has changed', async () => {
    const { id } = await storeTask(clearml, {}, { status: 'queued', statusChangedAt: 'now' })
    const request = { id: [id], only_fields: ['status', 'status_message'], search_hidden: true }
    expect((await clearml.ok('tasks.get_all', request, { version: '2.14' })).tasks).toEqual([
      { id, status: 'queued', status_message: '' },
    ])
  })

  it('answers fields in the query string as in the body', async () => {
    const { id } = await storeTask(clearml, { name: 'by query string' })
    const query = `id[]=${id}&only_fields=name&only_fields=status&page=0&page_size=5`
    expect((await clearml.ok('tasks.get_all', undefined, { query })).tasks).toEqual([
      { id, name: 'by query string', status: 'created' },
    ])
  })
})
