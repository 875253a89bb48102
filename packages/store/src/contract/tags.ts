import { newTaskId } from '@inferq/domain'
import { describe, expect, it } from 'vitest'
import { anyOf, isEmpty, not } from './search-conditions.ts'
import { company, creation, foreignCompany, insertOne, type Suite } from './subject.ts'

export const tagsSuite: Suite = (subject) => {
  /** A store that remembers no answer. */
  const tags = () => subject.another().tags

  describe('listTags', () => {
    it('answers each tag of one’s own tasks, models, projects and queues once, in order', async () => {
      const { tasks, models, projects, queues } = subject.store
      const owner = { company, user: 'user' }
      await insertOne(subject.store, { tags: ['z', 'b'] })
      await tasks.createTask(creation({ tags: ['b', 'a'], systemTags: ['archived'] }))
      await tasks.createTask(creation({ tags: ['theirs'], company: foreignCompany }))
      await tasks.createTask(creation({ tags: ['of all'], company: '' }))
      await models.createModel({
        ...{ ...owner, id: newTaskId(), name: 'm', uri: '', framework: null, task: null, parent: null, project: null },
        ...{ ready: false, labels: {}, design: {}, tags: ['m'], systemTags: ['archived', 'sm'], comment: '' },
        metadata: {},
      })
      await projects.createProject(owner, { name: 'p', tags: ['Ä'], systemTags: ['hidden'] })
      await queues.createQueue(company, { name: 'q', tags: ['a'], isDefault: true, systemTags: ['k8s-glue'] })

      expect(await tags().listTags(company, 'tags', null)).toEqual(['a', 'b', 'm', 'z', 'Ä'])
      const systemTags = await tags().listTags(company, 'system_tags', null)
      expect(systemTags).toEqual(['archived', 'default', 'hidden', 'k8s-glue', 'sm'])
      expect(await tags().listTags(company, 'tags', anyOf('system_tags', 'archived'))).toEqual(['a', 'b', 'm'])
      expect(await tags().listTags(company, 'tags', anyOf('system_tags', 'default'))).toEqual(['a'])
      expect(await tags().listTags(company, 'tags', isEmpty('system_tags'))).toEqual(['b', 'z'])
      expect(await tags().listTags(company, 'tags', not(anyOf('tags', 'b')))).toEqual(['a', 'm', 'Ä'])
      expect(await tags().listTags('nobody', 'tags', null)).toEqual([])
    })
  })
}
