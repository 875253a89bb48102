import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTask, edit, exactly, projectId, reload } from '../../lib/clearml-sdk/actions.ts'
import { type SdkSystem, startSdkSystem } from '../../lib/clearml-sdk/system.ts'
import type { SdkSession } from '../../lib/clearml-sdk/wire.ts'

const count = 1_100
const pageSize = 500

let system: SdkSystem
let sdk: SdkSession
let project: string
let parent: string
/** In the order of their numbers. */
const ids: string[] = []
beforeAll(async () => {
  system = await startSdkSystem()
  sdk = system.sdk
  project = await projectId(sdk, 'queries')
  parent = (await createTask(sdk, { project: 'other', name: 'parent of many' })).id
  const create = async (place: number) => {
    const { id } = await sdk.ok('tasks.create', {
      ...{ name: `run ${place}`, type: place % 2 === 0 ? 'training' : 'testing', project },
      ...{ tags: tagsOf(place), comment: place === 7 ? 'Lucky Seven' : '', ...(place < 10 ? { parent } : {}) },
    })
    ids[place] = id
  }
  const places = Array.from({ length: count }, (_, place) => place)
  while (places.length > 0) await Promise.all(places.splice(0, 25).map(create))
  // Slow where the database is the embedded one and the machine is busy.
}, 180_000)
afterAll(() => system?.stop())

/** Every third task has `third`, every fifth `fifth`. */
const tagsOf = (place: number) => [...(place % 3 === 0 ? ['third'] : []), ...(place % 5 === 0 ? ['fifth'] : [])]
const countWhere = (fits: (place: number) => boolean) =>
  Array.from({ length: count }, (_, place) => place).filter(fits).length

interface Found {
  id: string
  name: string
  created?: string
}

/** `Task.query_tasks`: page after page, until one is not full. */
async function queryTasks(filter: object): Promise<{ found: Found[]; pages: number }> {
  const found: Found[] = []
  for (let page = 0; ; page++) {
    const request = { project: [project], only_fields: ['id', 'name'], ...filter, page, page_size: pageSize }
    const { tasks } = await sdk.ok('tasks.get_all', request)
    found.push(...tasks)
    if (tasks.length < pageSize) return { found, pages: page + 1 }
  }
}
const numberOf = async (filter: object) => (await queryTasks(filter)).found.length

describe('Task.get_tasks and query_tasks', () => {
  it('find every task once, over as many pages as it takes', async () => {
    const { found, pages } = await queryTasks({ order_by: ['-last_update'] })
    expect(pages).toBe(3)
    expect(found).toHaveLength(count)
    expect(new Set(found.map(({ id }) => id))).toEqual(new Set(ids))
  })

  it('ask for one more page after the last one that is full', async () => {
    const wanted = ids.slice(0, pageSize)
    const { found, pages } = await queryTasks({ id: wanted })
    expect([found.length, pages]).toEqual([pageSize, 2])
  })

  it('give as many as a page holds when no page is asked for', async () => {
    expect((await sdk.ok('tasks.get_all', { project: [project], only_fields: ['id'] })).tasks).toHaveLength(pageSize)
  })

  it('keep the order that is asked for across pages', async () => {
    const { found } = await queryTasks({ order_by: ['-created'], only_fields: ['id', 'created'] })
    const times = found.map(({ created }) => Date.parse(created ?? ''))
    expect(times).toEqual(times.toSorted((a, b) => b - a))
    expect(new Set(found.map(({ id }) => id)).size).toBe(count)
    const byName = (await queryTasks({ order_by: ['name'], name: '^run 1\\d$' })).found
    expect(byName.map(({ name }) => name)).toEqual(Array.from({ length: 10 }, (_, place) => `run 1${place}`))
  })

  it('find by type and status', async () => {
    expect(await numberOf({ type: ['training'] })).toBe(count / 2)
    expect(await numberOf({ type: ['training', 'testing'], status: ['created'] })).toBe(count)
    await sdk.ok('tasks.started', { task: ids[3] })
    expect((await queryTasks({ status: ['in_progress', 'queued'] })).found).toMatchObject([{ id: ids[3] }])
  })

  it('find by a pattern in the name, wherever it is', async () => {
    expect(await numberOf({ name: 'run 10' })).toBe(countWhere((place) => `run ${place}`.includes('run 10')))
    expect(await numberOf({ name: exactly('run 10') })).toBe(1)
  })

  it('find by tags: any of them, all of them, none of them', async () => {
    const third = (place: number) => place % 3 === 0
    const fifth = (place: number) => place % 5 === 0
    const cases: [string[], (place: number) => boolean][] = [
      [['third'], third],
      [['third', 'fifth'], (place) => third(place) || fifth(place)],
      [['__$any', 'third', 'fifth'], (place) => third(place) || fifth(place)],
      [['__$and', 'third', 'fifth'], (place) => third(place) && fifth(place)],
      [['__$all', 'third', 'fifth'], (place) => third(place) && fifth(place)],
      [['third', '-fifth'], (place) => third(place) && !fifth(place)],
      [['third', '__$not', 'fifth'], (place) => third(place) && !fifth(place)],
      [['__$not', 'third', '__$not', 'fifth'], (place) => !third(place) && !fifth(place)],
      [['-third'], (place) => !third(place)],
    ]
    for (const [tags, fits] of cases) expect([tags, await numberOf({ tags })]).toEqual([tags, countWhere(fits)])
  })

  it('find by system tags, where the archived are left out', async () => {
    await edit(sdk, ids[20] as string, { system_tags: ['archived'] })
    expect(await numberOf({ system_tags: ['-archived'] })).toBe(count - 1)
    expect(await numberOf({ system_tags: ['__$all', '__$not', 'archived'] })).toBe(count - 1)
    expect((await queryTasks({ system_tags: ['archived'] })).found).toMatchObject([{ id: ids[20] }])
  })

  it('find by a pattern in any or in all of some fields', async () => {
    const fields = ['name', 'comment', 'id']
    const seven = (await queryTasks({ _any_: { fields, pattern: 'lucky' } })).found
    expect(seven).toMatchObject([{ id: ids[7] }])
    expect(await numberOf({ _any_: { fields, pattern: ids[9] } })).toBe(1)
    expect(await numberOf({ _all_: { fields: ['name', 'comment'], pattern: 'run' } })).toBe(0)
    expect(await numberOf({ _all_: { fields: ['name'], pattern: '^RUN 7$' } })).toBe(1)
  })

  it('find what belongs to a parent', async () => {
    const { found } = await queryTasks({ parent, order_by: ['name'] })
    expect(found.map(({ id }) => id)).toEqual(ids.slice(0, 10))
    expect(await numberOf({ parent: [ids[0]] })).toBe(0)
  })

  it('find by id, and nothing of what is not there', async () => {
    expect(await numberOf({ id: [ids[1], ids[2], 'f'.repeat(32)] })).toBe(2)
  })

  it('answer the fields that are asked for, also deep ones', async () => {
    const only_fields = ['id', 'name', 'execution.artifacts', 'models.output', 'script.repository']
    const { tasks } = await sdk.ok('tasks.get_all', { id: [ids[0]], only_fields })
    expect(tasks).toMatchObject([
      { id: ids[0], name: 'run 0', execution: { artifacts: [] }, models: { output: [] }, script: { repository: '' } },
    ])
    expect(tasks[0]).not.toHaveProperty('status')
  })
})

describe('Task.get_task', () => {
  it('finds by id', async () => {
    expect(await reload(sdk, ids[5] as string)).toMatchObject({ id: ids[5], name: 'run 5', project })
  })

  it('finds by project and name the one that changed last', async () => {
    const name = 'same name (v1.0) #2'
    const first = (await createTask(sdk, { project: 'queries', name })).id
    const second = (await createTask(sdk, { project: 'queries', name })).id
    await sdk.ok('tasks.ping', { task: first })
    const { projects } = await sdk.ok('projects.get_all', { name: exactly('queries'), only_fields: ['id', 'name'] })
    expect(projects).toMatchObject([{ id: project }])
    const { tasks } = await sdk.ok('tasks.get_all', {
      ...{ project: projects.map(({ id }: Found) => id), name: exactly(name), tags: null },
      ...{ only_fields: ['id', 'name', 'last_update', 'system_tags'], system_tags: ['-archived'] },
    })
    expect(tasks).toHaveLength(2)
    for (const task of tasks) {
      expect(task).toEqual({ id: task.id, name, last_update: expect.any(String), system_tags: [] })
    }
    const newestFirst = tasks.toSorted((a: { last_update: string }, b: { last_update: string }) =>
      b.last_update.localeCompare(a.last_update),
    )
    expect(newestFirst.map(({ id }: Found) => id)).toEqual([first, second])
    expect(await reload(sdk, newestFirst[0].id)).toMatchObject({ id: first, name })
  })
})

describe('Task.get_projects', () => {
  it('lists all projects, page by page, the one last changed at the end', async () => {
    const { projects } = await sdk.ok('projects.get_all', { order_by: ['last_update'], page: 0, page_size: 500 })
    const times = projects.map(({ last_update }: { last_update: string }) => Date.parse(last_update))
    expect(times).toEqual(times.toSorted((a: number, b: number) => a - b))
    expect(projects.map(({ name }: Found) => name)).toEqual(expect.arrayContaining(['queries', 'other']))
    expect((await sdk.ok('projects.get_all', { page: 1, page_size: 500 })).projects).toEqual([])
  })

  it('finds the id of one by its name', async () => {
    const request = { order_by: ['last_update'], name: exactly('queries'), search_hidden: true }
    expect((await sdk.ok('projects.get_all', request)).projects).toMatchObject([{ id: project, name: 'queries' }])
  })
})
