import { beforeEach, describe, expect, it } from 'vitest'
import { anonymous, codes } from '../auth/auth.fixture.ts'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'

let clearml: Clearml
// A company each: an answer may be an old one for as long as it was slow to find.
beforeEach(async () => {
  clearml = await startClearml()
})

describe('organization.get_tags', () => {
  it('success: lists what tasks, models, projects and queues are tagged with, each tag once', async () => {
    await clearml.ok('tasks.create', {
      name: 'a task',
      type: 'training',
      tags: ['b', 'a'],
      system_tags: ['development'],
    })
    await clearml.ok('models.create', { name: 'weights', uri: '', tags: ['m', 'a'] })
    await clearml.ok('projects.create', { name: 'project', tags: ['p'], system_tags: ['hidden'] })
    await clearml.ok('queues.create', { name: 'line', tags: ['q'] })
    await (await clearml.another({ company: 'new' })).ok('queues.create', { name: 'line', tags: ['theirs'] })
    const tags = ['a', 'b', 'm', 'p', 'q']
    expect(await clearml.ok('organization.get_tags')).toEqual({ tags })
    expect(await clearml.ok('organization.get_tags', { include_system: true })).toEqual({
      tags,
      system_tags: ['default', 'development', 'hidden'],
    })
  })

  it('success: lists what those are tagged with that a filter lets pass', async () => {
    await clearml.ok('tasks.create', { name: 'a task', type: 'training', tags: ['old'], system_tags: ['archived'] })
    await clearml.ok('tasks.create', { name: 'a task', type: 'training', tags: ['new', 'x'] })
    const tags = async (filter: object) => (await clearml.ok('organization.get_tags', { filter })).tags
    expect(await tags({ system_tags: ['-archived'] })).toEqual(['new', 'x'])
    expect(await tags({ system_tags: ['archived'] })).toEqual(['old'])
    expect(await tags({ tags: ['x'] })).toEqual(['new', 'x'])
    expect(await tags({ tags: [], system_tags: [] })).toEqual(['new', 'old', 'x'])
  })

  it('refusal: without a credential', async () => {
    expect(codes(await clearml.call('organization.get_tags', {}, { headers: anonymous }))).toBe('401/20')
  })

  it.each([
    ['a filter that is no object', { filter: ['a'] }, '400/12'],
    ['tags that are no texts', { filter: { tags: [1] } }, '400/12'],
    ['an operator that nobody knows', { filter: { tags: ['__$x'] } }, '400/16'],
  ])('wrong input: %s', async (_what, request, code) => {
    expect(codes(await clearml.call('organization.get_tags', request))).toBe(code)
  })
})
