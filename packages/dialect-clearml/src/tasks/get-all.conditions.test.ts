import { newTaskId } from '@inferq/domain'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { storeTask } from '../testing/stored-task.fixture.ts'

let clearml: Clearml
/** Values that only the seeded tasks know, by the words in which the rows below name them. */
const known: Record<string, string> = {}

const day = (number: number) => new Date(Date.UTC(2026, 0, number))
const parameter = (name: string, value: string) => ({ section: 'Args', name, value })
const metric = (value: number) => ({ m1: { v1: { metric: 'loss', variant: 'x', value } } })

/** Four tasks, of which each has something that the others have not. */
beforeAll(async () => {
  clearml = await startClearml()
  const owner = { company: clearml.company, user: clearml.user.id }
  const other = await clearml.another()
  const project = await clearml.store.projects.ensureProject(owner, 'conditions')
  const queue = await clearml.store.queues.createQueue(clearml.company, { name: 'conditions' })
  const one = await storeTask(
    clearml,
    {
      ...{ name: 'one', type: 'training', tags: ['a'], comment: 'Brown foxes jump', project: project.id },
      hyperparams: { Args: { 'l.r': parameter('l.r', '0.1'), depth: parameter('depth', '2') } },
      ...{ lastIteration: 10, lastMetrics: metric(0.25), runtime: { _key: 'x', count: 3 } },
      models: { input: [{ name: 'm', model: '1'.repeat(32) }], output: [] },
    },
    { createdAt: day(1), startedAt: day(2), activeSeconds: 60, statusChangedAt: day(3) },
  )
  await storeTask(
    clearml,
    {
      ...{ name: 'two (2)', type: 'testing', tags: ['a', 'b'], comment: 'a lazy dog', parent: one.id },
      hyperparams: { Args: { 'l.r': parameter('l.r', '0.2') } },
      ...{ lastIteration: 20, lastMetrics: metric(0.5) },
      script: { repository: 'https://example.com/foxes.git', entry_point: 'train.py' },
    },
    { createdAt: day(2), startedAt: day(4), activeSeconds: 120, statusChangedAt: day(4), queueId: queue.id },
  )
  await storeTask(
    clearml,
    { name: 'three', type: 'inference', tags: ['b', 'c'], user: other.user.id, comment: 'The Fox' },
    { createdAt: day(3), status: 'stopped', statusChangedAt: day(5) },
  )
  await storeTask(clearml, { name: 'four', type: 'qc', tags: [] }, { createdAt: day(4) })
  Object.assign(known, { project: project.id, queue: queue.id, one: one.id, user: other.user.id })
})

const find = async (endpoint: string, request: object): Promise<string[]> => {
  const { tasks } = await clearml.ok(endpoint, { only_fields: ['name'], allow_public: false, ...request })
  return tasks.map(({ name }: { name: string }) => name.split(' ')[0]).sort()
}

describe('tasks.get_all by its fields', () => {
  it.each<[title: string, request: () => object, expected: string[]]>([
    ['nothing finds all', () => ({}), ['four', 'one', 'three', 'two']],
    ['id', () => ({ id: [known.one] }), ['one']],
    ['id that is excluded', () => ({ id: [`-${known.one}`] }), ['four', 'three', 'two']],
    ['user', () => ({ user: [known.user] }), ['three']],
    ['project', () => ({ project: [known.project] }), ['one']],
    [
      'project that is excluded also finds what is in none',
      () => ({ project: [`-${known.project}`] }),
      ['four', 'three', 'two'],
    ],
    ['project null finds what is in none', () => ({ project: [null] }), ['four', 'three', 'two']],
    ['type', () => ({ type: ['training', 'qc'] }), ['four', 'one']],
    ['type in another letter case', () => ({ type: ['Training'] }), ['one']],
    ['status', () => ({ status: ['stopped'] }), ['three']],
    ['status that is excluded', () => ({ status: ['-stopped'] }), ['four', 'one', 'two']],
    ['parent', () => ({ parent: known.one }), ['two']],
    ['execution.queue', () => ({ 'execution.queue': [known.queue] }), ['two']],
    ['models.input.model', () => ({ 'models.input.model': ['1'.repeat(32)] }), ['one']],
    ['hyperparams.s.n.value', () => ({ 'hyperparams.Args.l%2Er.value': ['0.1'] }), ['one']],
    ['hyperparams.s.n', () => ({ 'hyperparams.Args.l%2Er': ['0.1', '0.2'] }), ['one', 'two']],
    ['name searches anywhere', () => ({ name: 'o' }), ['four', 'one', 'two']],
    ['name minds the letter case', () => ({ name: 'ONE' }), []],
    ['name with an anchor', () => ({ name: '^t' }), ['three', 'two']],
    ['name as the SDK escapes it', () => ({ name: '^two\\ \\(2\\)$' }), ['two']],
    ['name with a flag of Python', () => ({ name: '(?i)ONE' }), ['one']],
    ['comment', () => ({ comment: 'fox' }), ['one']],
    ['status_changed', () => ({ status_changed: ['>=2026-01-04'] }), ['three', 'two']],
    ['status_changed equal', () => ({ status_changed: '2026-01-04T00:00:00' }), ['two']],
    ['status_changed as a range', () => ({ status_changed: ['2026-01-03', '2026-01-04'] }), ['one', 'two']],
    ['status_changed as an epoch', () => ({ status_changed: [`>=${day(5).getTime() / 1000}`] }), ['three']],
    ['status_changed that is no date', () => ({ status_changed: ['>=soon'] }), ['four', 'one', 'three', 'two']],
    ['last_update', () => ({ last_update: ['<2026-01-01'] }), []],
    ['last_change', () => ({ last_change: ['>2026-01-01'] }), ['four', 'one', 'three', 'two']],
    ['created', () => ({ created: ['2026-01-02', '2026-01-03'] }), ['three', 'two']],
    ['created without a maximum', () => ({ created: ['2026-01-03', null] }), ['four', 'three']],
    [
      'started without a minimum also finds what has not',
      () => ({ started: [null, '2026-01-02'] }),
      ['four', 'one', 'three'],
    ],
    ['active_duration', () => ({ active_duration: [100, null] }), ['two']],
    ['last_iteration', () => ({ last_iteration: [10, 10] }), ['one']],
    ['last_metrics', () => ({ 'last_metrics.m1.v1.value': ['0.3', null] }), ['two']],
    ['runtime of text', () => ({ 'runtime._key': 'x' }), ['one']],
    ['runtime of a number', () => ({ 'runtime.count': 3 }), ['one']],
    [
      '_any_ of a pattern minds no letter case',
      () => ({ _any_: { pattern: 'FOX', fields: ['name', 'comment'] } }),
      ['one', 'three'],
    ],
    [
      '_any_ over nested fields',
      () => ({ _any_: { pattern: 'foxes', fields: ['comment', 'script.repository'] } }),
      ['one', 'two'],
    ],
    ['_any_ over a list', () => ({ _any_: { pattern: '^c$', fields: ['tags'] } }), ['three']],
    ['_all_ of a pattern', () => ({ _all_: { pattern: 't', fields: ['name', 'comment'] } }), ['three']],
    [
      '_any_ of dates',
      () => ({ _any_: { datetime: '>=2026-01-04', fields: ['created', 'started'] } }),
      ['four', 'two'],
    ],
    [
      '_all_ of dates',
      () => ({ _all_: { datetime: ['>=2026-01-02'], fields: ['created', 'started', 'name'] } }),
      ['two'],
    ],
    ['search_text by a word', () => ({ search_text: 'dog' }), ['two']],
    ['search_text by stem and any of the words', () => ({ search_text: 'FOX lazy' }), ['one', 'three', 'two']],
    ['search_text by phrase', () => ({ search_text: '"brown foxes"' }), ['one']],
    ['search_text without', () => ({ search_text: 'fox -brown' }), ['three', 'two']],
    ['search_text in a script', () => ({ search_text: 'train.py' }), ['two']],
    ['search_text of an id', () => ({ search_text: known.one }), ['one']],
    ['all together', () => ({ type: ['training', 'testing'], tags: ['b'], name: 't' }), ['two']],
  ])('%s', async (_title, request, expected) => {
    expect(await find('tasks.get_all', request())).toEqual(expected)
  })
})

describe('tasks.get_all by tags', () => {
  it.each<[list: unknown, expected: string[]]>([
    [['a'], ['one', 'two']],
    [
      ['a', 'c'],
      ['one', 'three', 'two'],
    ],
    [['-a'], ['four', 'three']],
    [['a', '-b'], ['one']],
    [
      ['__$not', 'a'],
      ['four', 'three'],
    ],
    [['__$not', 'a', '__$not', 'c'], ['four']],
    [['__$all', 'a', 'b'], ['two']],
    [['__$and', 'b', 'c'], ['three']],
    [
      ['__$any', 'a', 'c'],
      ['one', 'three', 'two'],
    ],
    [
      ['__$or', 'c', '__$not', 'b'],
      ['four', 'one', 'three'],
    ],
    [
      ['__$any', 'a', '__$not', 'b'],
      ['four', 'one', 'two'],
    ],
    [['__$all', 'a', 'b', '__$nop', '-c'], ['two']],
    [[null], ['four']],
    [
      ['c', null],
      ['four', 'three'],
    ],
    ['a', ['one', 'two']],
    [[], ['four', 'one', 'three', 'two']],
  ])('%j', async (tags, expected) => {
    expect(await find('tasks.get_all', { tags })).toEqual(expected)
  })
})

describe('tasks.get_all_ex by filters', () => {
  it.each<[filter: object, expected: string[]]>([
    [{ any: { include: ['a', 'c'] } }, ['one', 'three', 'two']],
    [{ any: { exclude: ['a', 'b'] } }, ['four', 'one', 'three']],
    [{ any: { include: ['a'], exclude: ['b'] } }, ['four', 'one', 'two']],
    [{ all: { include: ['a', 'b'] } }, ['two']],
    [{ all: { exclude: ['a', 'c'] } }, ['four']],
    [{ all: { include: ['b'], exclude: ['c'] } }, ['two']],
    [{ any: { include: ['c'] }, all: { include: ['a', 'b'] } }, []],
    [{ any: { include: ['c'] }, all: { include: ['a', 'b'] }, op: 'or' }, ['three', 'two']],
    [{ any: { include: [null] } }, ['four']],
    [{ all: { exclude: [null] } }, ['one', 'three', 'two']],
    [{}, ['four', 'one', 'three', 'two']],
  ])('%j', async (tags, expected) => {
    expect(await find('tasks.get_all_ex', { filters: { tags } })).toEqual(expected)
    expect(await find('tasks.get_all', { filters: { tags }, tags: ['nothing'] })).toEqual(expected)
  })

  it('of plain fields', async () => {
    expect(await find('tasks.get_all_ex', { filters: { status: { all: { exclude: ['stopped'] } } } })).toEqual([
      ...['four', 'one', 'two'],
    ])
    expect(await find('tasks.get_all_ex', { filters: { parent: { any: { include: [null] } } } })).toEqual([
      ...['four', 'one', 'three'],
    ])
  })
})

describe('tasks.get_all by a parent that is gone', () => {
  it('finds children by what is left of its id', async () => {
    const own = await startClearml()
    const parent = `__DELETED__${newTaskId()}`
    const { id } = await storeTask(own, { parent })
    expect((await own.ok('tasks.get_all', { parent: [parent] })).tasks).toMatchObject([{ id, parent }])
  })
})
