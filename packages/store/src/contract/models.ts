import type { Model } from '@inferq/domain'
import { describe, expect, it } from 'vitest'
import { company, foreignCompany, insertOne, nextId, type Suite } from './subject.ts'

export const modelsSuite: Suite = (subject) => {
  const models = () => subject.store.models
  const create = (changes: Partial<Model> = {}) =>
    models().createModel({
      id: nextId(),
      company,
      user: 'user',
      name: 'weights',
      uri: 'file:///w',
      framework: null,
      task: null,
      parent: null,
      project: null,
      ready: false,
      labels: {},
      design: {},
      tags: [],
      systemTags: [],
      comment: '',
      metadata: {},
      ...changes,
    })

  describe('models', () => {
    it('keep what they were made with, and change only in what is named', async () => {
      const project = await subject.store.projects.ensureProject({ company, user: 'user' }, 'a')
      const given = {
        labels: { cat: 1 },
        design: { 'a\0': ['\ud800'] },
        tags: ['t'],
        comment: 'c',
        project: project.id,
      }
      const model = await create({
        ...given,
        parent: 'p',
        framework: 'onnx',
        metadata: { k: { key: 'k', value: 'v' } },
      })
      expect(model).toMatchObject({ ...given, design: { 'a\ufffd': ['\ufffd'] }, framework: 'onnx', ready: false })
      expect(await models().findModels(company, [model.id])).toEqual([model])
      const changes = { ready: true, project: null, labels: {}, uri: 'file:///v2' }
      const changed = await models().changeModel(company, model.id, changes)
      expect(changed).toEqual({ ...model, ...changes, updatedAt: changed?.updatedAt })
      expect(await models().findModels(company, [model.id])).toEqual([changed])
    })

    it('change as a function decides on what they are now, one after the other', async () => {
      const model = await create()
      const add = (key: string) =>
        models().changeModel(company, model.id, ({ metadata }) => ({ metadata: { ...metadata, [key]: { key } } }))
      await Promise.all(['a', 'b', 'c', 'd'].map(add))
      const [changed] = await models().findModels(company, [model.id])
      expect(Object.keys(changed?.metadata ?? {}).sort()).toEqual(['a', 'b', 'c', 'd'])
      const late = { uiCache: { chart: [1] }, createdAt: new Date('2020-01-02T03:04:05.678Z') }
      expect(await models().changeModel(company, model.id, () => late)).toMatchObject(late)
      const refuse = () => {
        throw new RangeError('no')
      }
      await expect(models().changeModel(company, model.id, refuse)).rejects.toThrow(RangeError)
      expect(await models().changeModel(foreignCompany, model.id, refuse)).toBeNull()
    })

    it('are found among one’s own and the public ones, in the order of the ids', async () => {
      const [own, shared, foreign] = [
        await create(),
        await create({ company: '' }),
        await create({ company: foreignCompany }),
      ]
      const ids = [shared.id, foreign.id, 'x', nextId(), own.id]
      expect(await models().findModels(company, ids)).toEqual([shared, own])
      expect(await models().changeModel(company, shared.id, { name: 'x' })).toBeNull()
      expect(await models().changeModel(company, foreign.id, { name: 'x' })).toBeNull()
      expect(await models().changeModel(company, 'x', { name: 'x' })).toBeNull()
      expect(await models().deleteModels(company, ids)).toBe(1)
      expect(await models().findModels(foreignCompany, [foreign.id])).toEqual([foreign])
      expect(await models().deleteModels(company, [])).toBe(0)
    })

    it('of a task are listed in the order in which they were made', async () => {
      const made = [await create({ task: 'a' }), await create({ task: 'a' })]
      await create({ task: 'b' })
      await create({ task: 'a', company: foreignCompany })
      expect(await models().listModelsOfTask(company, 'a')).toEqual(made)
      expect(await models().listModelsOfTask(company, '\0')).toEqual([])
    })

    it('that another task takes as input are told from those that none does', async () => {
      const [used, output, none] = [await create(), await create(), await create()]
      const task = await insertOne(subject.store)
      const refs = {
        input: [
          { name: 'i', model: 'x' },
          { name: 'j', model: used.id },
        ],
        output: [{ name: 'o', model: output.id }],
      }
      const set = { models: JSON.stringify(refs) }
      await subject.db.updateTable('tasks').set(set).where('id', '=', task.id).execute()
      const ids = [used.id, output.id, none.id]
      expect(await models().filterUsedAsInput(company, ids, nextId())).toEqual(new Set([used.id]))
      expect(await models().filterUsedAsInput(company, ids, 'no id')).toEqual(new Set([used.id]))
      expect(await models().filterUsedAsInput(company, ids, task.id)).toEqual(new Set())
      expect(await models().filterUsedAsInput(foreignCompany, ids, nextId())).toEqual(new Set())
      expect(await models().filterUsedAsInput(company, [], nextId())).toEqual(new Set())
    })
  })
}
