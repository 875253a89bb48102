import type { Condition, Search } from '@inferq/domain'
import { describe, expect, it } from 'vitest'
import { allOf, and, anyOf, by, compare, isEmpty, matches, not, text } from './search-conditions.ts'
import { company, foreignCompany, nextId, type Suite } from './subject.ts'

const owner = { company, user: 'user' }

export const searchOthersSuite: Suite = (subject) => {
  const asked = (where: Condition | null, more: Partial<Search> = {}): Search => ({
    ...{ company, publicToo: true, where, order: by('name'), offset: 0, limit: 100 },
    ...more,
  })
  const names = (found: readonly { name: string }[]) => found.map(({ name }) => name).join(', ')
  const soon = new Date(Date.now() + 3_600_000)

  describe('searchQueues', () => {
    it('answers every condition, with the system tag of the default queue, and orders', async () => {
      const { queues } = subject.store
      const metadata = { size: { key: 'size', type: 'number', value: '11' } }
      await queues.createQueue(company, { name: 'b-one', isDefault: true, systemTags: ['x'] })
      const two = await queues.createQueue(company, { name: 'a two', displayName: 'Two', tags: ['t'], metadata })
      await queues.createQueue(foreignCompany, { name: 'foreign' })
      const cases: readonly (readonly [Condition, string])[] = [
        [anyOf('id', two.id), 'a two'],
        [matches('name', '^b\\-one$'), 'b-one'],
        [matches('name', 'ONE', true), 'b-one'],
        [anyOf('system_tags', 'default'), 'b-one'],
        [allOf('system_tags', 'default', 'x'), 'b-one'],
        [not(anyOf('system_tags', 'default')), 'a two'],
        [isEmpty('tags'), 'b-one'],
        [anyOf('display_name', 'Two'), 'a two'],
        [anyOf('metadata.size.value', '11'), 'a two'],
        [anyOf('metadata.size', '11'), 'a two'],
        [compare('created', '<', soon), 'a two, b-one'],
        [text(['two']), 'a two'],
        [isEmpty('entries'), 'a two, b-one'],
      ]
      for (const [condition, expected] of cases) {
        expect(names(await queues.searchQueues(asked(condition))), JSON.stringify(condition)).toBe(expected)
      }
      expect(await queues.searchQueues(asked(null, { order: by('-last_update'), limit: 1 }))).toEqual([two])
      expect(names(await queues.searchQueues(asked(null, { order: [], offset: 1 })))).not.toContain(',')
      await expect(queues.searchQueues(asked(isEmpty('user')))).rejects.toMatchObject({ code: 'FIELD_UNKNOWN' })
    })
  })

  describe('searchProjects', () => {
    it('answers every condition, of own and public ones, and orders', async () => {
      const { projects } = subject.store
      const leaf = await projects.createProject(owner, { name: 'top/leaf', description: 'about otters', tags: ['t'] })
      await projects.createProject({ company: '', user: 'other' }, { name: 'shared', systemTags: ['hidden'] })
      await projects.createProject({ company: foreignCompany, user: 'user' }, { name: 'foreign' })
      const cases: readonly (readonly [Condition | null, string])[] = [
        [null, 'shared, top, top/leaf'],
        [anyOf('id', leaf.id, 'top'), 'top/leaf'],
        [matches('name', '^top/'), 'top/leaf'],
        [matches('basename', '^leaf$'), 'top/leaf'],
        [matches('description', 'otters'), 'top/leaf'],
        [anyOf('parent', leaf.parent ?? ''), 'top/leaf'],
        [isEmpty('parent'), 'shared, top'],
        [anyOf('user', 'other'), 'shared'],
        [and(anyOf('tags', 't'), compare('last_update', '<', soon)), 'top/leaf'],
        [not(anyOf('system_tags', 'hidden')), 'top, top/leaf'],
        [isEmpty('default_output_destination'), 'shared, top, top/leaf'],
        [text(['otter', 'nothing']), 'top/leaf'],
        [text(['shared'], { excluded: ['leaf'] }), 'shared'],
      ]
      for (const [condition, expected] of cases) {
        expect(names(await projects.searchProjects(asked(condition))), JSON.stringify(condition)).toBe(expected)
      }
      expect(await projects.searchProjects(asked(null, { order: by('-basename', 'name'), offset: 2 }))).toEqual([leaf])
      expect(names(await projects.searchProjects(asked(null, { publicToo: false })))).toBe('top, top/leaf')
    })
  })

  describe('searchModels', () => {
    it('answers every condition, of own and public ones, and orders', async () => {
      const { models } = subject.store
      const model = {
        ...{ company, user: 'user', uri: 's3://a', framework: null, task: null, parent: null, project: null },
        ...{ ready: false, labels: {}, design: {}, tags: [], systemTags: [], comment: '', metadata: {} },
      }
      const task = nextId()
      const base = await models.createModel({ ...model, id: nextId(), name: 'base', ready: true, framework: 'torch' })
      await models.createModel({ ...model, id: nextId(), name: 'tuned', task, parent: base.id, labels: { cat: 1 } })
      await models.createModel({ ...model, id: nextId(), name: 'shared', company: '', comment: 'for otters' })
      await models.createModel({ ...model, id: nextId(), name: 'foreign', company: foreignCompany })
      const cases: readonly (readonly [Condition, string])[] = [
        [compare('ready', '=', true), 'base'],
        [anyOf('ready', 'false'), 'shared, tuned'],
        [anyOf('framework', 'torch'), 'base'],
        [anyOf('task', task), 'tuned'],
        [anyOf('parent', base.id), 'tuned'],
        [isEmpty('project'), 'base, shared, tuned'],
        [compare('labels.cat', '=', 1), 'tuned'],
        [matches('comment', 'otter'), 'shared'],
        [matches('uri', '^s3:'), 'base, shared, tuned'],
        [text(['otter', 'torch']), 'base, shared'],
        [compare('last_iteration', '<=', 0), 'base, shared, tuned'],
        [isEmpty('last_metrics.m.v.value'), 'base, shared, tuned'],
        [isEmpty('ui_cache'), 'base, shared, tuned'],
      ]
      for (const [condition, expected] of cases) {
        expect(names(await models.searchModels(asked(condition))), JSON.stringify(condition)).toBe(expected)
      }
      expect(await models.searchModels(asked(null, { order: by('-framework'), limit: 1 }))).toEqual([base])
    })
  })

  describe('searchUsers', () => {
    it('answers every condition, of one’s own company alone, and orders', async () => {
      const { users } = subject.store
      const [own, other] = [await users.createCompany('Own'), await users.createCompany('Other')]
      const ada = await users.createUser({ company: own, name: 'Ada', role: 'admin', familyName: 'Lovelace' })
      await users.createUser({ company: own, name: 'bob', role: 'user', email: 'bob@example.org' })
      await users.createUser({ company: other, name: 'Ada', role: 'user' })
      const ofOwn = (where: Condition | null, more: Partial<Search> = {}) =>
        users.searchUsers(asked(where, { company: own, ...more }))
      const cases: readonly (readonly [Condition | null, string])[] = [
        [null, 'Ada, bob'],
        [anyOf('id', ada?.id ?? '', 'x'), 'Ada'],
        [matches('name', '^a', true), 'Ada'],
        [anyOf('role', 'user'), 'bob'],
        [isEmpty('email'), 'Ada'],
        [compare('created', '<', soon), 'Ada, bob'],
        [text(['lovelace']), 'Ada'],
        [text([ada?.id ?? '']), 'Ada'],
      ]
      for (const [condition, expected] of cases) {
        expect(names(await ofOwn(condition)), JSON.stringify(condition)).toBe(expected)
      }
      expect(await ofOwn(null, { order: by('-name'), offset: 1 })).toEqual([ada])
    })
  })
}
