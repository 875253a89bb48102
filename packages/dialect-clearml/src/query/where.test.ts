import type { Condition } from '@inferq/domain'
import { describe, expect, it } from 'vitest'
import { taskCollection } from './collection.ts'
import { parseQuery } from './parse-query.ts'

const any = (field: string[], ...values: string[]): Condition => ({ kind: 'any_of', field, values })
const not = (of: Condition): Condition => ({ kind: 'not', of })
const and = (...of: Condition[]): Condition => ({ kind: 'and', of })
const or = (...of: Condition[]): Condition => ({ kind: 'or', of })
const empty = (field: string[]): Condition => ({ kind: 'empty', field })
const matches = (field: string[], pattern: string, ignoreCase = false): Condition => ({
  ...{ kind: 'matches', field, pattern, ignoreCase },
})
const compare = (field: string[], op: '=' | '<' | '<=' | '>' | '>=', value: Date | number | string | boolean) =>
  ({ kind: 'compare', field, op, value }) satisfies Condition
const day = new Date('2024-01-05T00:00:00Z')
const dayAfter = new Date('2024-01-06T00:00:00Z')

const where = (request: object) => parseQuery({ search_hidden: true, ...request }, taskCollection).where

describe('what a query asks of tasks', () => {
  it.each<[title: string, request: object, Condition | null]>([
    ['nothing asks nothing', {}, null],
    ['null is as good as absent', { id: null, name: null, filters: null, _any_: null, created: null }, null],
    ['unknown fields are passed over', { colour: 'red' }, null],
    ['id', { id: ['a', 'b'] }, any(['id'], 'a', 'b')],
    ['user', { user: ['a'] }, any(['user'], 'a')],
    ['project', { project: ['a'] }, any(['project'], 'a')],
    ['parent as a scalar', { parent: 'a' }, any(['parent'], 'a')],
    ['status', { status: ['created', '-queued'] }, and(any(['status'], 'created'), not(any(['status'], 'queued')))],
    [
      'type in any letter case',
      { type: ['Training', '-TESTING'] },
      and(any(['type'], 'training'), not(any(['type'], 'testing'))),
    ],
    ['tags keep their letter case', { tags: ['Big'] }, any(['tags'], 'Big')],
    ['system_tags', { system_tags: ['-archived'] }, not(any(['system_tags'], 'archived'))],
    ['execution.queue', { 'execution.queue': ['q'] }, any(['execution', 'queue'], 'q')],
    ['models.input.model', { 'models.input.model': ['m'] }, any(['models', 'input', 'model'], 'm')],
    ['hyperparams.s.n.value', { 'hyperparams.Args.lr.value': ['1'] }, any(['hyperparams', 'Args', 'lr', 'value'], '1')],
    [
      'hyperparams.s.n without value',
      { 'hyperparams.Args.l%2Er': ['1'] },
      any(['hyperparams', 'Args', 'l.r', 'value'], '1'),
    ],
    ['name searches', { name: '^a\\-b$' }, matches(['name'], '^a\\-b$')],
    ['name "" is no condition', { name: '' }, null],
    ['comment searches', { comment: 'x' }, matches(['comment'], 'x')],
    ['report searches', { report: 'x' }, matches(['report'], 'x')],
    ['a date is equality', { status_changed: '2024-01-05' }, compare(['status_changed'], '=', day)],
    ['a date with a prefix', { last_update: '>=2024-01-05' }, compare(['last_update'], '>=', day)],
    [
      'several dates are joined by and',
      { last_change: ['>2024-01-05', '<= 2024-01-06'] },
      and(compare(['last_change'], '>', day), compare(['last_change'], '<=', dayAfter)),
    ],
    [
      'two dates without a prefix are a range',
      { status_changed: ['2024-01-05', '2024-01-06'] },
      and(compare(['status_changed'], '>=', day), compare(['status_changed'], '<=', dayAfter)),
    ],
    [
      'null is an open end of a range of dates',
      { status_changed: [null, '2024-01-06'] },
      compare(['status_changed'], '<=', dayAfter),
    ],
    [
      'two dates of which one has a prefix are two conditions',
      { status_changed: ['<2024-01-06', '2024-01-05'] },
      and(compare(['status_changed'], '<', dayAfter), compare(['status_changed'], '=', day)),
    ],
    [
      'three dates without a prefix are three equalities',
      { status_changed: ['2024-01-05', '2024-01-06', null] },
      and(compare(['status_changed'], '=', day), compare(['status_changed'], '=', dayAfter)),
    ],
    [
      'what is no date is passed over',
      { status_changed: ['>=soon', '>=2024-01-05', ''] },
      compare(['status_changed'], '>=', day),
    ],
    ['nothing but what is no date asks nothing', { status_changed: ['soon'] }, null],
    ['an epoch number is a date', { status_changed: [1704412800, null] }, compare(['status_changed'], '>=', day)],
    [
      'created is a range',
      { created: ['2024-01-05', '2024-01-06'] },
      and(compare(['created'], '>=', day), compare(['created'], '<=', dayAfter)),
    ],
    [
      'a range without a minimum also fits what has no value',
      { started: [null, '2024-01-06'] },
      or(empty(['started']), compare(['started'], '<=', dayAfter)),
    ],
    ['a range without a maximum', { active_duration: [10, null] }, compare(['active_duration'], '>=', 10)],
    [
      'last_iteration',
      { last_iteration: [1, 2] },
      and(compare(['last_iteration'], '>=', 1), compare(['last_iteration'], '<=', 2)),
    ],
    [
      'last_metrics values become numbers',
      { 'last_metrics.m.v.value': ['0.5', null] },
      compare(['last_metrics', 'm', 'v', 'value'], '>=', 0.5),
    ],
    ['runtime.<key> is equality', { 'runtime._abort': 'x' }, compare(['runtime', '_abort'], '=', 'x')],
    ['runtime.<key> of a number', { 'runtime.n': 3 }, compare(['runtime', 'n'], '=', 3)],
    [
      '_any_ of a pattern',
      { _any_: { pattern: 'x', fields: ['name', 'id'] } },
      or(matches(['name'], 'x', true), matches(['id'], 'x', true)),
    ],
    [
      '_all_ of a pattern',
      { _all_: { pattern: 'x', fields: ['name', 'comment'] } },
      and(matches(['name'], 'x', true), matches(['comment'], 'x', true)),
    ],
    ['any without underscores', { any: { pattern: 'x', fields: ['name'] } }, matches(['name'], 'x', true)],
    [
      '_or_ is _any_',
      { _or_: { pattern: 'x', fields: ['name', 'id'] } },
      or(matches(['name'], 'x', true), matches(['id'], 'x', true)),
    ],
    [
      '_and_ and all are _all_',
      { _and_: { pattern: 'x', fields: ['name'] }, all: { pattern: 'y', fields: ['id'] } },
      and(matches(['name'], 'x', true), matches(['id'], 'y', true)),
    ],
    [
      '_any_ of a parameter',
      { _any_: { pattern: 'x', fields: ['hyperparams.Args.lr'] } },
      matches(['hyperparams', 'Args', 'lr', 'value'], 'x', true),
    ],
    [
      '_any_ of dates',
      { _any_: { datetime: '>=2024-01-05', fields: ['started', 'completed'] } },
      or(compare(['started'], '>=', day), compare(['completed'], '>=', day)),
    ],
    [
      '_all_ of several dates',
      { _all_: { datetime: ['2024-01-05', '2024-01-06'], fields: ['created'] } },
      and(compare(['created'], '>=', day), compare(['created'], '<=', dayAfter)),
    ],
    [
      'fields that are no dates are passed over for dates',
      { _any_: { datetime: '2024-01-05', fields: ['name', 'created'] } },
      compare(['created'], '=', day),
    ],
    ['empty fields are no condition', { _any_: { pattern: 'x', fields: [] } }, null],
    [
      'search_text',
      { search_text: 'big cat "in a box" -dog' },
      { kind: 'text', words: ['big', 'cat'], phrases: ['in a box'], excluded: ['dog'] },
    ],
    ['an empty search_text asks nothing', { search_text: ' ' }, null],
    ['filters', { filters: { tags: { any: { include: ['a'] } } } }, any(['tags'], 'a')],
    [
      'a filter of types in any letter case',
      { filters: { type: { any: { include: ['Training'] } } } },
      any(['type'], 'training'),
    ],
    [
      'a filter takes the place of the plain field',
      { tags: ['b'], filters: { tags: { any: { include: ['a'] } } } },
      any(['tags'], 'a'),
    ],
    [
      'a filter of a dotted field',
      { filters: { 'execution.queue': { all: { exclude: ['q'] } } } },
      not(any(['execution', 'queue'], 'q')),
    ],
    [
      'all conditions are joined by and',
      { name: 'x', status: ['created'] },
      and(matches(['name'], 'x'), any(['status'], 'created')),
    ],
  ])('%s', (_title, request, expected) => {
    expect(where(request)).toEqual(expected)
  })

  it.each<[title: string, request: object, subcode: number]>([
    ['a list operator that is unknown', { tags: ['__$x'] }, 16],
    ['a list value of the wrong type', { id: [1] }, 16],
    ['a name that is no string', { name: 5 }, 12],
    ['a comment that is a list', { comment: ['x'] }, 12],
    ['a range of one', { created: ['2024-01-05'] }, 12],
    ['a range that is no list', { last_iteration: 5 }, 12],
    ['a range that is open at both ends', { started: [null, null] }, 12],
    ['a range of what is no date', { created: ['soon', null] }, 12],
    ['a range of what is no number', { last_iteration: ['x', null] }, 12],
    ['dates of the wrong type', { status_changed: [{}] }, 16],
    ['filters that are no object', { filters: ['tags'] }, 16],
    ['a filter that is no object', { filters: { tags: ['a'] } }, 12],
    ['an unknown key in a filter', { filters: { tags: { some: {} } } }, 12],
    ['a filter of an unknown field', { filters: { colour: { any: { include: ['a'] } } } }, 14],
    ['_any_ with pattern and datetime', { _any_: { pattern: 'x', datetime: '2024-01-05', fields: ['name'] } }, 16],
    ['_all_ with neither', { _all_: { fields: ['name'] } }, 16],
    ['_any_ that is no object', { _any_: 'x' }, 16],
    ['_any_ of a pattern that is no string', { _any_: { pattern: 5, fields: ['name'] } }, 16],
    ['_any_ of an unknown field', { _any_: { pattern: 'x', fields: ['colour'] } }, 14],
    ['search_text that is no string', { search_text: 5 }, 12],
    ['runtime compared with an object', { 'runtime.x': { a: 1 } }, 16],
    ['an unknown field in only_fields', { only_fields: ['colour'] }, 14],
    ['@text_score without search_text', { order_by: ['-@text_score'] }, 16],
    ['an order that is no text', { order_by: [5] }, 12],
    ['a negative page', { page: -1, page_size: 5 }, 12],
    ['a page size of nothing', { page: 0, page_size: 0 }, 12],
    ['a page size that is no number', { page: 0, page_size: 'x' }, 12],
    ['an explicit page size of null', { page: 0, page_size: null }, 11],
    ['a scroll without size', { scroll_id: null }, 12],
  ])('refuses %s', (_title, request, subcode) => {
    expect(() => where(request)).toThrow(expect.objectContaining({ status: 400, subcode }))
  })
})
