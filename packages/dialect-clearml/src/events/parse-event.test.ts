import { describe, expect, it } from 'vitest'
import { noIteration } from './event-types.ts'
import { eventLimits } from './limits.ts'
import { parseEvent } from './parse-event.ts'
import { EventProblem } from './read-field.ts'

const now = new Date('2026-01-02T03:04:05.678Z')
const parse = (event: unknown) => parseEvent(event, { worker: 'host', now })
const place = { metric: 'm', variant: 'v', iter: 3 }
const scalar = { type: 'training_stats_scalar', task: 't', ...place, value: 0.5 }

describe('an event', () => {
  it('of a log is one line, however many its message has', () => {
    const event = { type: 'log', task: 't', level: 'INFO', msg: 'a\nb\n', worker: 'w', timestamp: 1_700_000_000_000 }
    expect(parse(event)).toEqual({
      subject: { kind: 'task', id: 't' },
      event: { kind: 'line', at: new Date(1_700_000_000_000), worker: 'w', level: 'INFO', message: 'a\nb\n' },
      ...{ allowLocked: false, iteration: 0, scalar: null },
    })
  })

  it('that says nothing of worker and time is of the caller, now', () => {
    const expected = { event: { kind: 'line', at: now, worker: 'host', level: '', message: '' } }
    expect(parse({ type: 'log', task: 't' })).toMatchObject(expected)
    expect(parse({ type: 'log', task: 't', worker: null, timestamp: null, msg: null })).toMatchObject(expected)
  })

  it('with a scalar is a point of its series, and without an iteration a single value', () => {
    const point = { metric: 'm', variant: 'v', iteration: 3, at: now, value: 0.5 }
    expect(parse(scalar)).toMatchObject({ event: { kind: 'point', ...point }, iteration: 3, scalar: point })
    expect(parse({ ...scalar, iter: noIteration })).toMatchObject({
      event: { kind: 'single_value', iteration: noIteration, worker: 'host', content: { value: 0.5 } },
      ...{ iteration: null, scalar: { ...point, iteration: noIteration } },
    })
  })

  it.each([
    ['training_stats_vector', { values: [1, -2.5] }, 'vector'],
    ['training_debug_image', { key: 'k', url: 'https://x/y' }, 'image'],
    ['plot', { plot_str: '{}' }, 'plot'],
  ])('of type %s is shown', (type, content, kind) => {
    expect(parse({ type, task: 't', ...place, ...content, other: 1 })).toMatchObject({
      event: { kind, metric: 'm', variant: 'v', iteration: 3, at: now, worker: 'host', content },
      ...{ iteration: 3, scalar: null },
    })
  })

  it('may have its numbers as text', () => {
    const event = { ...scalar, timestamp: '1700000000000', iter: '12', value: '0.25' }
    expect(parse(event)).toMatchObject({ event: { at: new Date(1_700_000_000_000), iteration: 12, value: 0.25 } })
  })

  it('may be about a model, and about what is locked', () => {
    expect(parse({ ...scalar, model_event: true, allow_locked: 1 })).toMatchObject({
      ...{ subject: { kind: 'model', id: 't' }, allowLocked: true },
    })
  })

  it.each([
    ['type', {}],
    ['type', { type: 'unknown', task: 't' }],
    ['type', { type: 'toString', task: 't' }],
    ['task', { type: 'log' }],
    ['task', { type: 'log', task: 5 }],
    ['timestamp', { ...scalar, timestamp: 'yesterday' }],
    ['timestamp', { ...scalar, timestamp: -1 }],
    ['timestamp', { ...scalar, timestamp: 1e300 }],
    ['timestamp', { ...scalar, timestamp: {} }],
    ['iter', { ...scalar, iter: 1.5 }],
    ['iter', { ...scalar, iter: 1e300 }],
    ['iter', { ...scalar, iter: [] }],
    ['value', { ...scalar, value: null }],
    ['value', { ...scalar, value: Number.POSITIVE_INFINITY }],
    ['value', { ...scalar, value: 'many' }],
    ['metric', { ...scalar, metric: 5 }],
    ['metric', { ...scalar, metric: 'm'.repeat(eventLimits.name + 1) }],
    ['variant', { ...scalar, variant: {} }],
    ['msg', { type: 'log', task: 't', msg: 'x'.repeat(eventLimits.message + 1) }],
    ['values', { type: 'training_stats_vector', task: 't', values: [1, null] }],
    ['values', { type: 'training_stats_vector', task: 't' }],
    ['values', { type: 'training_stats_vector', task: 't', values: Array(eventLimits.vectorValues + 1).fill(0) }],
    ['url', { type: 'training_debug_image', task: 't', key: 'k' }],
    ['plot_str', { type: 'plot', task: 't' }],
    ['plot_str', { type: 'plot', task: 't', plot_str: 'x'.repeat(eventLimits.plot + 1) }],
  ])('is refused by its %s, and no value is repeated', (field, event) => {
    const thrown = (() => {
      try {
        return parse(event)
      } catch (error) {
        return error
      }
    })()
    expect(thrown).toBeInstanceOf(EventProblem)
    expect((thrown as EventProblem).message).toContain(`'${field}'`)
    expect((thrown as EventProblem).message.length).toBeLessThan(150)
  })

  it('must be an object', () => {
    for (const event of [null, 1, 'x', []]) expect(() => parse(event)).toThrow(EventProblem)
  })
})
