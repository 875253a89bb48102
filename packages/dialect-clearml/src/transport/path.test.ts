import { describe, expect, it } from 'vitest'
import { parsePath } from './path.ts'

describe('a path', () => {
  it('names service and action, and may name a version', () => {
    expect(parsePath('/tasks.get_all')).toEqual({
      endpoint: 'tasks.get_all',
      version: [2, 31],
      requestedVersion: '2.31',
    })
    expect(parsePath('/v2.5/tasks.get_all/')).toMatchObject({ endpoint: 'tasks.get_all', version: [2, 5] })
    expect(parsePath('/v999.0/a1.b2')).toMatchObject({
      endpoint: 'a1.b2',
      version: [999, 0],
      requestedVersion: '999.0',
    })
    expect(parsePath('/v23/aa.bb')).toMatchObject({ version: [23, 0] })
  })

  it.each(['/', '/tasks', '/t.get', '/tasks.g', '/1a.bb', '/v2/aa.bb', '/v2.x/aa.bb', '/aa.bb.cc', '/v2.1/aa.bb/cc'])(
    'of another form is none: %s',
    (path) => expect(parsePath(path)).toBeNull(),
  )
})
