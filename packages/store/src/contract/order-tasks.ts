import type { CreatedTask, DetailedTask, Search } from '@inferq/domain'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { anyOf, by, text } from './search-conditions.ts'
import { company, creation, insertOne, patch, type Suite } from './subject.ts'

const parameter = (value: string) => ({ hyperparams: { Args: { x: { value } } } })

export const orderTasksSuite: Suite = (subject) => {
  async function named(tasks: Record<string, Partial<CreatedTask>>): Promise<Record<string, DetailedTask>> {
    const made: Record<string, DetailedTask> = {}
    for (const [name, given] of Object.entries(tasks)) {
      made[name] = await subject.store.tasks.createTask(creation({ name, ...given }))
    }
    return made
  }
  /** The names of what is found, with a space between two. */
  async function ordered(order: Search['order'], more: Partial<Search> = {}): Promise<string> {
    const asked = { company, publicToo: true, where: null, order, offset: 0, limit: 100, ...more }
    return (await subject.store.tasks.searchTasks(asked)).map(({ name }) => name).join(' ')
  }

  describe('the order of found tasks', () => {
    it('has what is empty in the first field last, in both directions, and the id breaks ties', async () => {
      await named({ a: { comment: 'y' }, b: {}, c: { comment: 'x' }, d: { comment: '' }, e: { comment: 'y' } })
      expect(await ordered(by('comment'))).toBe('c a e b d')
      expect(await ordered(by('-comment'))).toBe('a e c b d')
      expect(await ordered(by('comment', '-name'))).toBe('c e a d b')
      expect(await ordered(by('-id'))).toBe('e d c b a')
    })

    it('has what is empty in a later field first, and last where that descends', async () => {
      await named({ a: { parent: 'p' }, b: {}, c: { parent: 'o' } })
      expect(await ordered(by('type', 'parent'))).toBe('b c a')
      expect(await ordered(by('type', '-parent'))).toBe('a c b')
    })

    it.each(['hyperparams.Args.x.value', 'hyperparams.Args.x', 'execution.parameters.x'])(
      'counts as people do by %s: numbers by value, then other text',
      async (field) => {
        const values = ['11', '2', '1e-3', 'a11', '0.5', 'a2', '-4', 'B1']
        for (const value of values) await named({ [value]: parameter(value) })
        await named({ empty: parameter(''), missing: {} })
        await insertOne(subject.store, { name: 'native' })
        expect(await ordered(by(field))).toBe('-4 1e-3 0.5 2 11 a2 a11 B1 empty missing native')
        expect(await ordered(by(`-${field}`))).toBe('B1 a11 a2 11 2 0.5 1e-3 -4 empty missing native')
        expect(await ordered(by(field, '-name'), { offset: 6, limit: 4 })).toBe('a11 B1 native missing')
        expect(await ordered(by('type', field), { where: anyOf('name', '2', '11', 'a2', 'missing') })).toBe(
          'missing 2 11 a2',
        )
      },
    )

    it('counts as people do by a metric', async () => {
      const metric = (value: unknown) => ({ lastMetrics: { m: { v: { value } } } })
      await named({ a: metric(10), b: metric(9.5), c: {}, d: metric('-1e2') })
      expect(await ordered(by('last_metrics.m.v.value'))).toBe('d b a c')
      expect(await ordered(by('-last_metrics.m.v.value'))).toBe('a b d c')
    })

    it('follows the last update, whether a task runs or not', async () => {
      const running = await insertOne(subject.store, { name: 'running' })
      await named({ a: {}, b: {} })
      await subject.store.tasks.recordOutcomes([patch(running)])
      await named({ c: {} })
      expect(await ordered(by('-last_update'))).toBe('c running b a')
      expect(await ordered(by('last_update'))).toBe('a b running c')
      expect(await ordered(by('-last_update'), { offset: 1, limit: 2 })).toBe('running b')
    })

    it('puts what fits a text best first', async () => {
      await named({
        'x of y': { comment: 'nothing' },
        'otter otter': {},
        'an otter of z': {},
        w: { script: { entry_point: 'otter.py' } },
      })
      await insertOne(subject.store, { name: 'otter', job: 'otter' })
      const where = text(['otter'])
      const scored = await ordered(by('-text_score'), { where })
      expect(scored.split(' ').at(-1)).toBe('w')
      expect(await ordered(by('text_score'), { where, limit: 1 })).toBe('w')
    })

    it('is that in which they were made where nobody has such a field', async () => {
      await named({ b: {}, a: {} })
      expect(await ordered(by('no_such_field', '-report', 'name.x', 'text_score'))).toBe('b a')
    })

    it('knows a parameter as it is after it was changed, made public, and deleted', async () => {
      const { a } = await named({ a: parameter('1'), b: parameter('2') })
      const id = a?.id ?? ''
      const field = by('hyperparams.Args.x.value')
      const change = (set: object) => subject.store.tasks.changeTask(company, id, () => ({ set }))
      await change(parameter('3'))
      expect(await ordered(field)).toBe('b a')
      await change({ ...parameter('3'), company: '', companyOrigin: company })
      expect(await ordered(field)).toBe('b a')
      expect(await ordered(field, { where: anyOf('hyperparams.Args.x.value', '3') })).toBe('a')
      await subject.store.tasks.makePrivate(company, id)
      await change({ hyperparams: null })
      expect(await ordered(field, { where: anyOf('hyperparams.Args.x.value', '3') })).toBe('')
      await change(parameter('1'))
      expect(await ordered(field)).toBe('a b')
      await subject.db.deleteFrom('tasks').execute()
      const { rows } = await sql`select count(*)::int as count from task_parameters`.execute(subject.db)
      expect(rows).toEqual([{ count: 0 }])
    })

    it('merges own and public tasks page by page, each once', async () => {
      const made = await named({ a: {}, b: {}, c: {}, d: {}, e: {} })
      for (const name of ['b', 'd']) {
        const set = { company: '', companyOrigin: company }
        await subject.store.tasks.changeTask(company, made[name]?.id ?? '', () => ({ set }))
      }
      const pages = await Promise.all([0, 2, 4].map((offset) => ordered(by('-name'), { offset, limit: 2 })))
      expect(pages).toEqual(['e d', 'c b', 'a'])
    })
  })
}
