import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'

let clearml: Clearml
const made: Record<string, string> = {}
const createTask = async (project: string, more: object = {}): Promise<string> =>
  (await clearml.ok('tasks.create', { name: 'a task', type: 'training', project, ...more })).id

beforeAll(async () => {
  clearml = await startClearml()
  for (const name of ['top', 'top/sub', 'top/sub/deep', 'empty']) {
    made[name] = (await clearml.ok('projects.create', { name })).id
  }
  made.secret = (await clearml.ok('projects.create', { name: 'top/secret', system_tags: ['hidden'] })).id
  await createTask(made.top ?? '')
  await createTask(made['top/sub'] ?? '', { type: 'testing' })
  const archived = await createTask(made['top/sub'] ?? '')
  await clearml.ok('tasks.archive', { tasks: [archived] })
  const done = await createTask(made['top/sub/deep'] ?? '')
  await clearml.ok('tasks.started', { task: done })
  await clearml.ok('tasks.completed', { task: done })
})

const getAll = async (body: object) =>
  (await clearml.ok('projects.get_all_ex', { allow_public: false, order_by: ['name'], ...body })).projects
const one = async (name: string, body: object) => (await getAll({ id: [made[name]], ...body }))[0]

describe('projects.get_all_ex', () => {
  it('success: has objects in place of ids, as deep as they are asked for', async () => {
    const project = await one('top/sub', { only_fields: ['name', 'user.name', 'company', 'parent.name'] })
    expect(project).toEqual({
      id: made['top/sub'],
      name: 'top/sub',
      user: { id: clearml.user.id, name: clearml.user.name },
      company: { id: clearml.company },
      parent: { id: made.top, name: 'top' },
    })
  })

  it('success: counts tasks with those of all projects below, or without', async () => {
    const { stats, sub_projects } = await one('top', { include_stats: true })
    expect(Object.keys(stats)).toEqual(['active'])
    expect(stats.active).toMatchObject({ total_tasks: 3, total_runtime: 0, completed_tasks_24h: 1 })
    expect(stats.active.status_count).toMatchObject({ created: 2, completed: 1, failed: 0 })
    expect(stats.active.last_task_run).toMatch(/\+00:00$/)
    expect(sub_projects).toEqual([
      { id: made['top/sub'], name: 'top/sub' },
      { id: made['top/sub/deep'], name: 'top/sub/deep' },
    ])
    const shallow = await one('top', { include_stats: true, stats_with_children: false })
    expect(shallow).toMatchObject({ stats: { active: { total_tasks: 1, last_task_run: null } }, sub_projects: [] })
    const empty = await one('empty', { include_stats: true })
    expect(empty.stats.active).toMatchObject({ total_tasks: 0, last_task_run: null })
  })

  it('success: counts archived tasks, or those that a filter lets pass', async () => {
    const archived = await one('top', { include_stats: true, stats_for_state: 'archived' })
    expect(archived.stats).toMatchObject({ archived: { total_tasks: 1 } })
    const filtered = await one('top', { include_stats: true, include_stats_filter: { type: ['testing'] } })
    expect(filtered.stats).toMatchObject({ active: { total_tasks: 1, status_count: { created: 1 } } })
  })

  it('success: says what is in a project itself', async () => {
    const { id } = await clearml.ok('models.create', { name: 'weights', uri: 'file:///w', project: made.top })
    expect(await one('top', { check_own_contents: true })).toMatchObject({ own_tasks: 1, own_models: 1 })
    expect(await one('empty', { check_own_contents: true })).toMatchObject({ own_tasks: 0, own_models: 0 })
    await clearml.ok('models.delete', { model: id })
  })

  it('success: finds the projects in which users are active, and those above them', async () => {
    const other = await clearml.another()
    const project = (await other.ok('projects.create', { name: 'busy/with/work' })).id
    await other.ok('tasks.create', { name: 'a task', type: 'training', project })
    const found = await getAll({ active_users: [other.user.id], include_stats: true })
    expect(found.map(({ name }: { name: string }) => name)).toEqual(['busy', 'busy/with', 'busy/with/work'])
    expect(found[0].stats.active.total_tasks).toBe(1)
    expect(await getAll({ active_users: ['nobody'] })).toEqual([])
  })

  it('success: marks hidden projects when they are asked for, and leaves public ones out when they are not', async () => {
    expect(await getAll({ name: 'secret' })).toEqual([])
    expect(await getAll({ name: 'secret', search_hidden: true })).toMatchObject([{ id: made.secret, hidden: true }])
    const open = `public ${clearml.company}`
    await clearml.store.projects.ensureProject({ company: '', user: clearml.user.id }, open)
    const found = async (body: object) => (await clearml.ok('projects.get_all_ex', { name: open, ...body })).projects
    expect(await found({})).toHaveLength(1)
    expect(await found({ non_public: true })).toEqual([])
    expect(await found({ allow_public: false })).toEqual([])
  })

  it('refusal: what belongs to another company is not there', async () => {
    const other = await clearml.another({ company: 'new' })
    expect(await other.ok('projects.get_all_ex', { id: [made.top], include_stats: true })).toEqual({ projects: [] })
    expect(await other.ok('projects.get_all_ex', { active_users: [clearml.user.id] })).toEqual({ projects: [] })
  })

  it('wrong input: states, filters and users that cannot be are refused', async () => {
    const code = async (body: object) => (await clearml.call('projects.get_all_ex', body)).subcode
    expect(await code({ stats_for_state: 'both' })).toBe(12)
    expect(await code({ include_stats: true, include_stats_filter: ['type'] })).toBe(12)
    expect(await code({ include_stats: true, include_stats_filter: { type: ['-'] } })).toBe(16)
    expect(await code({ active_users: [1] })).toBe(12)
    expect(await code({ name: '(' })).toBe(21)
  })
})
