import type { Condition, CreatedTask, DetailedTask, Search } from '@inferq/domain'
import { describe, expect, it } from 'vitest'
import { allOf, and, anyOf, compare, isEmpty, matches, not, or, text } from './search-conditions.ts'
import { company, creation, foreignCompany, insertOne, patch, type Suite } from './subject.ts'

const model = 'c4ca4238a0b923820dcc509a6f75849b'

/** Two experiments, a native task, a public one, and a foreign one that is like the first. */
const rich: Partial<CreatedTask> = {
  name: 'Otter run 7',
  comment: 'what a good one\nwith two lines',
  type: 'training',
  tags: ['a', 'b'],
  systemTags: ['development'],
  script: { repository: 'https://example.com/r.git', entry_point: 'train.py', requirements: { pip: ['numpy'] } },
  execution: { framework: 'torch' },
  container: { image: 'python:3' },
  models: { input: [{ name: 'base', model }], output: [] },
  output: { destination: 's3://bucket' },
  hyperparams: {
    Args: { lr: { value: '0.10' }, 'a.b': { value: 'x'.repeat(300) }, none: { value: '' } },
    General: { lr: { value: 'low' } },
  },
  configuration: { General: { value: 'line', type: 'text' } },
  runtime: { progress: '5', done: true, rank: 3 },
  lastMetrics: { m: { v: { value: 1.5, metric: 'loss' } } },
  lastIteration: 12,
  activeSeconds: 90,
}

export const searchTasksSuite: Suite = (subject) => {
  const search = (where: Condition | null, more: Partial<Search> = {}) =>
    subject.store.tasks.searchTasks({ company, publicToo: true, where, order: [], offset: 0, limit: 100, ...more })

  async function prepare() {
    const { tasks, projects, queues } = subject.store
    const project = (await projects.ensureProject({ company, user: 'user' }, 'animals')).id
    const queueId = (await queues.createQueue(company, { name: 'agents' })).id
    const made = await tasks.createTask(creation({ ...rich, project, queueId }))
    const bare = await tasks.createTask(creation({ name: 'bare', parent: made.id, type: 'testing', user: 'other' }))
    const native = await insertOne(subject.store, { job: 'embed.text', name: 'embed.text', tags: ['a'] })
    await tasks.createTask(creation({ ...rich, company: foreignCompany }))
    const shared = await tasks.createTask(creation({ name: 'shared', type: 'qc' }))
    await tasks.changeTask(company, shared.id, () => ({ set: { company: '', companyOrigin: company } }))
    return { made, bare, native, project, queueId }
  }

  const names = (found: readonly DetailedTask[]) => found.map(({ name }) => name)

  describe('searchTasks', () => {
    it('finds the own tasks and the public ones, in the order in which they were made, as they are', async () => {
      const { made } = await prepare()
      expect(names(await search(null))).toEqual(['Otter run 7', 'bare', 'embed.text', 'shared'])
      expect(names(await search(null, { publicToo: false }))).toEqual(['Otter run 7', 'bare', 'embed.text'])
      expect(names(await search(null, { offset: 1, limit: 2 }))).toEqual(['bare', 'embed.text'])
      expect(await search(anyOf('id', made.id))).toEqual([made])
      expect(names(await search(null, { company: 'a third one' }))).toEqual(['shared'])
    })

    it('answers every condition on every kind of field', async () => {
      const { made, bare, native, project, queueId } = await prepare()
      const soon = new Date(Date.now() + 3_600_000)
      const long = 'x'.repeat(300)
      const cases: readonly (readonly [Condition, string])[] = [
        [anyOf('id', made.id, 'no id', 'f'.repeat(32)), 'Otter run 7'],
        [anyOf('id', 'no id'), ''],
        [matches('id', `^${bare.id.slice(0, 20)}`), 'bare'],
        [matches('id', 'no hex digits'), ''],
        [anyOf('name', 'bare', 'embed.text'), 'bare, embed.text'],
        [anyOf('user', 'other'), 'bare'],
        [anyOf('user', 'user'), 'Otter run 7, embed.text, shared'],
        [anyOf('company', company), 'Otter run 7, bare, embed.text'],
        [anyOf('type', 'training', 'testing'), 'Otter run 7, bare'],
        [anyOf('status', 'queued'), 'embed.text'],
        [compare('status', '>', 'created'), 'embed.text'],
        [not(anyOf('status', 'queued')), 'Otter run 7, bare, shared'],
        [isEmpty('status_changed'), 'Otter run 7, bare, shared'],
        [compare('status_changed', '<=', soon), 'embed.text'],
        [compare('created', '>', soon), ''],
        [compare('last_update', '<', soon), 'Otter run 7, bare, embed.text, shared'],
        [compare('last_update', '>=', made.updatedAt), 'Otter run 7, bare, embed.text, shared'],
        [compare('last_change', '>=', soon), ''],
        [compare('last_change', '=', made.updatedAt), 'Otter run 7'],
        [isEmpty('comment'), 'bare, embed.text, shared'],
        [matches('comment', '^what.*ONE$', true), ''],
        [matches('comment', '(?sm)^what.*one$.*lines$'), 'Otter run 7'],
        [anyOf('project', project), 'Otter run 7'],
        [isEmpty('project'), 'bare, embed.text, shared'],
        [anyOf('parent', made.id), 'bare'],
        [anyOf('tags', 'a', 'z'), 'Otter run 7, embed.text'],
        [allOf('tags', 'a', 'b'), 'Otter run 7'],
        [not(anyOf('tags', 'b')), 'bare, embed.text, shared'],
        [isEmpty('tags'), 'bare, shared'],
        [matches('tags', '^B$', true), 'Otter run 7'],
        [anyOf('system_tags', 'development'), 'Otter run 7'],
        [anyOf('execution.queue', queueId), 'Otter run 7'],
        [isEmpty('execution.queue'), 'bare, shared'],
        [anyOf('execution.framework', 'torch'), 'Otter run 7'],
        [isEmpty('execution.framework'), 'bare, embed.text, shared'],
        [matches('script.repository', 'example'), 'Otter run 7'],
        [anyOf('script.repository', 'inferq'), 'embed.text'],
        [anyOf('script.entry_point', 'embed.text', 'train.py'), 'Otter run 7, embed.text'],
        [anyOf('script.requirements.pip', 'numpy'), 'Otter run 7'],
        [allOf('script.requirements.pip', 'numpy', 'torch'), ''],
        [anyOf('models.input.model', model, 'x'), 'Otter run 7'],
        [matches('models.input.name', '^ba'), 'Otter run 7'],
        [isEmpty('models.input.model'), 'bare, embed.text, shared'],
        [anyOf('hyperparams.Args.lr.value', '0.10'), 'Otter run 7'],
        [anyOf('hyperparams.Args.lr', '0.10'), 'Otter run 7'],
        [anyOf('hyperparams.Args.lr.value', '0.1'), ''],
        [anyOf('execution.parameters.lr', '0.10'), 'Otter run 7'],
        [{ kind: 'any_of', field: ['hyperparams', 'Args', 'a.b', 'value'], values: [long] }, 'Otter run 7'],
        [{ kind: 'any_of', field: ['hyperparams', 'Args', 'a.b', 'value'], values: [`${long}y`] }, ''],
        [anyOf('hyperparams.Args.none.value', ''), 'Otter run 7'],
        [isEmpty('hyperparams.Args.none.value'), 'Otter run 7, bare, embed.text, shared'],
        [not(isEmpty('hyperparams.General.lr.value')), 'Otter run 7'],
        [matches('hyperparams.General.lr.value', 'o'), 'Otter run 7'],
        [compare('hyperparams.Args.lr.value', '<', 0.2), 'Otter run 7'],
        [anyOf('configuration.General', 'line'), 'Otter run 7'],
        [anyOf('configuration.General.type', 'text'), 'Otter run 7'],
        [compare('runtime.progress', '=', '5'), 'Otter run 7'],
        [compare('runtime.done', '=', true), 'Otter run 7'],
        [compare('runtime.rank', '=', 3), 'Otter run 7'],
        [compare('runtime.rank', '=', false), ''],
        [compare('last_metrics.m.v.value', '>=', 1.5), 'Otter run 7'],
        [compare('last_metrics.m.v.metric', '>=', 1.5), ''],
        [compare('last_iteration', '>', 11), 'Otter run 7'],
        [compare('active_duration', '<=', 90), 'Otter run 7'],
        [or(isEmpty('active_duration'), compare('active_duration', '<=', 1)), 'bare, embed.text, shared'],
        [matches('report', '.'), ''],
        [anyOf('last_changed_by', 'other'), 'bare'],
        [anyOf('name.inside', 'bare'), ''],
        [and(anyOf('tags', 'a'), not(anyOf('id', native.id))), 'Otter run 7'],
        [not(or(anyOf('tags', 'a'), anyOf('parent', made.id))), 'shared'],
      ]
      for (const [condition, expected] of cases) {
        expect(names(await search(condition)).join(', '), JSON.stringify(condition)).toBe(expected)
      }
    })

    it.each(['enqueue_status', 'company_origin', 'toString', ''])(
      'refuses a field that no task has: "%s"',
      async (field) => {
        await expect(search(not(isEmpty(field)))).rejects.toMatchObject({ code: 'FIELD_UNKNOWN' })
      },
    )

    it('finds a running task by its last update as of its last report', async () => {
      const task = await insertOne(subject.store)
      await subject.store.tasks.recordOutcomes([patch(task)])
      await subject.store.tasks.recordOutcomes([patch(task, { repeatable: true, progress: { fraction: 0.5 } })])
      const [running] = await search(anyOf('status', 'in_progress'))
      const at = running?.updatedAt ?? new Date(0)
      expect(names(await search(compare('last_update', '=', at)))).toEqual(['embed.text'])
      expect(await search(compare('last_update', '>', at))).toEqual([])
    })
  })

  describe('the name of a task', () => {
    it.each([
      ['^Otter\\ run\\ 7$', 'Otter run 7'],
      ['^otter', ''],
      ['(?i)^otter', 'Otter run 7'],
      ['\\.text$', 'embed.text'],
      ['^embed\\.text$', 'embed.text'],
      ['^(?:bare|embed\\.\\w+)\\Z', 'bare, embed.text'],
      ['\\brun\\b \\d', 'Otter run 7'],
      ['[^\\W\\d]{5}', 'Otter run 7, embed.text, shared'],
      ['r(?=e)', 'bare, shared'],
      ['(?<!a)r', 'Otter run 7'],
    ])('is searched with Python pattern %s', async (pattern, expected) => {
      await prepare()
      expect(names(await search(matches('name', pattern))).join(', ')).toBe(expected)
    })

    it('is the name that was given, and not the name of the job', async () => {
      await insertOne(subject.store, { job: 'embed.text', name: 'my own' })
      expect(await search(matches('name', 'embed'))).toEqual([])
      expect(names(await search(matches('name', '^my own$')))).toEqual(['my own'])
      expect(names(await search(not(matches('name', 'embed'))))).toEqual(['my own'])
    })
  })

  describe('full text', () => {
    it('finds any of the words in any of their forms, every phrase, and nothing excluded', async () => {
      const { made, bare } = await prepare()
      const cases: readonly (readonly [Condition, string])[] = [
        [text(['OTTERS', 'zebra']), 'Otter run 7'],
        [text(['otter', 'bare', 'embed']), 'Otter run 7, bare, embed.text'],
        [text([], { phrases: ['good one'] }), 'Otter run 7'],
        [text([], { phrases: ['one good'] }), ''],
        [text(['bare', 'otter'], { phrases: ['two lines'] }), 'Otter run 7'],
        [text(['bare', 'otter'], { excluded: ['line'] }), 'bare'],
        [text([], { excluded: ['otter', 'embed'] }), 'bare, shared'],
        [text(['the']), ''],
        [text(['inferq']), 'embed.text'],
        [text(['train.py']), 'Otter run 7'],
        [text([model]), 'Otter run 7'],
        [text([bare.id]), 'bare'],
        [text(["'otter' | !bare & (:*"]), ''],
        [not(text(['otter'])), 'bare, embed.text, shared'],
      ]
      for (const [condition, expected] of cases) {
        expect(names(await search(condition)).join(', '), JSON.stringify(condition)).toBe(expected)
      }
      await subject.store.tasks.changeTask(company, made.id, () => ({ set: { name: 'a heron' } }))
      expect(names(await search(text(['heron', 'run'])))).toEqual(['a heron'])
    })
  })

  describe('listTaskTypes', () => {
    it('gives each type once, of the own tasks and the public ones, in all or in some projects', async () => {
      const { project } = await prepare()
      const list = subject.store.tasks.listTaskTypes
      expect(await list(company, null)).toEqual(['inference', 'qc', 'testing', 'training'])
      expect(await list(company, [project, 'no id'])).toEqual(['training'])
      expect(await list(company, [])).toEqual([])
      expect(await list('a third one', null)).toEqual(['qc'])
    })
  })
}
