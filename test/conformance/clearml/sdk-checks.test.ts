import { describe, expect, it } from 'vitest'
import { checkAnswer } from '../../lib/clearml-sdk/checks.ts'

const endpoint = 'tasks.get_by_id'
const version = { name: endpoint, requested_version: '2.23', actual_version: '2.1' }
const good = { id: 'a', trx: 'a', result_msg: 'OK', result_code: 200, result_subcode: 0, error_stack: '' }
const meta = { ...good, error_data: {}, endpoint: version }
const check =
  (task: object, more: object = {}) =>
  () =>
    checkAnswer(endpoint, 200, { meta: { ...meta, ...more }, data: { task } })

describe('what the SDK cannot read', () => {
  it('is found wherever it is', () => {
    expect(check({ name: 7 })).toThrow('data.task.name is no string: 7')
    expect(check({ started: '2026-01-01' })).toThrow('data.task.started is no date')
    expect(check({ started: '2026-01-01T00:00:00' })).toThrow('data.task.started is no date')
    expect(check({ last_iteration: '3' })).toThrow('data.task.last_iteration is no int')
    expect(check({ project: { id: 'x' } })).toThrow('data.task.project is no string')
    expect(check({ tags: 'one' })).toThrow('data.task.tags is no list')
    expect(check({ runtime: [] })).toThrow('data.task.runtime is no object')
    expect(check({ hyperparams: { Args: { lr: '1' } } })).toThrow('data.task.hyperparams.Args.lr is no object')
    expect(check({ execution: { artifacts: [{}, { key: 1 }] } })).toThrow('data.task.execution.artifacts[1].key')
    expect(check({ last_metrics: { a: { b: { value: 'x' } } } })).toThrow('data.task.last_metrics.a.b.value')
  })

  it('is found in the frame too', () => {
    expect(check({}, { id: undefined })).toThrow('meta.id is no string')
    expect(check({}, { trx: 'other' })).toThrow('meta.trx')
    expect(check({}, { endpoint: { ...version, requested_version: null } })).toThrow('requested_version')
    expect(() => checkAnswer(endpoint, 400, { meta: { ...meta, result_code: 400 }, data: null })).toThrow('data is')
    expect(() => checkAnswer('tasks.unheard_of', 200, { meta, data: {} })).toThrow('no answer of tasks.unheard_of')
  })

  it('is neither null nor a field that it does not know', () => {
    expect(check({ name: null, project: null, execution: null, tags: [], unknown: 7, last_iteration: 3 })).not.toThrow()
  })
})
