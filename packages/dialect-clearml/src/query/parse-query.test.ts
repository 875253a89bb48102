import type { Condition } from '@inferq/domain'
import { describe, expect, it } from 'vitest'
import { modelCollection, projectCollection, queueCollection, taskCollection } from './collection.ts'
import { allOf } from './conditions.ts'
import { narrow, parseQuery } from './parse-query.ts'
import type { QueryRequest } from './request.ts'

const any = (field: string[], ...values: string[]): Condition => ({ kind: 'any_of', field, values })
const not = (of: Condition): Condition => ({ kind: 'not', of })
const matches = (field: string, pattern: string): Condition => ({
  ...{ kind: 'matches', field: [field], pattern, ignoreCase: false },
})

describe('a query of tasks', () => {
  it('leaves out what is hidden, unless hidden ones are searched or ids are given', () => {
    const shown = not(any(['system_tags'], 'hidden'))
    expect(parseQuery({}, taskCollection).where).toEqual(shown)
    expect(parseQuery({ search_hidden: false }, taskCollection).where).toEqual(shown)
    expect(parseQuery({ search_hidden: true }, taskCollection).where).toBeNull()
    expect(parseQuery({ id: ['a'] }, taskCollection).where).toEqual(any(['id'], 'a'))
    expect(parseQuery({ id: [] }, taskCollection).where).toEqual(shown)
  })

  it.each<[title: string, request: QueryRequest, expected: object]>([
    ['none', {}, []],
    ['a string', { order_by: 'name' }, [{ field: ['name'], descending: false }]],
    ['a minus is descending', { order_by: ['-created'] }, [{ field: ['created'], descending: true }]],
    [
      'several',
      { order_by: ['status', '-name'] },
      [
        { field: ['status'], descending: false },
        { field: ['name'], descending: true },
      ],
    ],
    ['dotted paths', { order_by: ['execution.queue'] }, [{ field: ['execution', 'queue'], descending: false }]],
    [
      'a parameter is its value',
      { order_by: ['-hyperparams.Args.l%2Er'] },
      [{ field: ['hyperparams', 'Args', 'l.r', 'value'], descending: true }],
    ],
    [
      'older parameters',
      { order_by: ['execution.parameters.lr'] },
      [{ field: ['hyperparams', 'Args', 'lr', 'value'], descending: false }],
    ],
    [
      'metrics',
      { order_by: ['last_metrics.m.v.value'] },
      [{ field: ['last_metrics', 'm', 'v', 'value'], descending: false }],
    ],
    [
      'the score of a text search',
      { order_by: ['-@text_score'], search_text: 'x' },
      [{ field: 'text_score', descending: true }],
    ],
    ['an unknown field is no error', { order_by: ['colour', 'name'] }, [{ field: ['name'], descending: false }]],
  ])('orders by %s', (_title, request, expected) => {
    expect(parseQuery(request, taskCollection).order).toEqual(expected)
  })

  it.each<[title: string, request: QueryRequest, expected: { offset: number; limit: number }]>([
    ['500 when nothing is said', {}, { offset: 0, limit: 500 }],
    ['500 when more is asked for', { page: 2, page_size: 5000 }, { offset: 1000, limit: 500 }],
    ['500 when a page is asked for without a size', { page: 1 }, { offset: 500, limit: 500 }],
    ['as asked', { page: 3, page_size: 7 }, { offset: 21, limit: 7 }],
    ['digits in a string', { page: '3', page_size: '7' }, { offset: 21, limit: 7 }],
    ['a scroll, whatever the page', { page: 3, page_size: 7, scroll_id: null, size: 20 }, { offset: 0, limit: 20 }],
  ])('pages: %s', (_title, request, expected) => {
    expect(parseQuery(request, taskCollection)).toMatchObject(expected)
  })

  it('does not scroll where an endpoint cannot', () => {
    expect(parseQuery({ scroll_id: null }, taskCollection, { scroll: false })).toMatchObject({
      limit: 500,
      scrolls: false,
    })
  })

  it('includes what is public unless allow_public is false', () => {
    expect(parseQuery({}, taskCollection).publicToo).toBe(true)
    expect(parseQuery({ allow_public: false }, taskCollection).publicToo).toBe(false)
  })

  it('can be narrowed by an endpoint that knows more fields', () => {
    const top: Condition = { kind: 'empty', field: ['parent'] }
    const query = parseQuery({ name: 'x', search_hidden: true }, taskCollection)
    expect(narrow(query, top).where).toEqual(allOf([matches('name', 'x'), top]))
    expect(narrow({ ...query, where: null }, top).where).toEqual(top)
  })
})

describe('a query of other collections', () => {
  it('hides queues of a Kubernetes agent unless ids or a name are given', () => {
    const shown = not(any(['system_tags'], 'k8s-glue'))
    expect(parseQuery({}, queueCollection).where).toEqual(shown)
    expect(parseQuery({ name: 'x' }, queueCollection).where).toEqual(matches('name', 'x'))
    expect(parseQuery({ search_hidden: 1 }, queueCollection).where).toBeNull()
  })

  it('compares metadata by its value', () => {
    const expected = any(['metadata', 'a.b', 'value'], 'x')
    expect(parseQuery({ 'metadata.a%2Eb': ['x'], search_hidden: true }, queueCollection).where).toEqual(expected)
    expect(parseQuery({ 'metadata.a%2Eb.value': ['x'] }, modelCollection).where).toEqual(expected)
  })

  it('searches projects by name, basename and description', () => {
    const request = { name: 'a', basename: 'b', description: 'c', search_hidden: true }
    expect(parseQuery(request, projectCollection).where).toEqual(
      allOf([matches('name', 'a'), matches('basename', 'b'), matches('description', 'c')]),
    )
  })

  it('compares whether a model is ready', () => {
    expect(parseQuery({ ready: false }, modelCollection).where).toEqual({
      ...{ kind: 'compare', field: ['ready'], op: '=', value: false },
    })
  })
})
