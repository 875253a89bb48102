import { describe, expect, it } from 'vitest'
import { pageOf } from './page.ts'

const asked = (query: string, path = '/v0.7/tasks/') => ({
  ...{ protocol: 'https' as const, host: 'inferq.example:8008', url: `${path}${query && '?'}${query}` },
})
const page = (query: string, count: number) => pageOf(asked(query), { count, results: [] })

describe('a page', () => {
  it('links to those beside it by whole addresses, which keep every parameter of the request', () => {
    expect(page('task_ids=a%20b&task_ids=%5B%2211%22%5D&offset=100&limit=50&public=1', 151)).toEqual({
      count: 151,
      next: 'https://inferq.example:8008/v0.7/tasks/?task_ids=a+b&task_ids=%5B%2211%22%5D&offset=150&limit=50&public=1',
      previous:
        'https://inferq.example:8008/v0.7/tasks/?task_ids=a+b&task_ids=%5B%2211%22%5D&offset=50&limit=50&public=1',
      results: [],
    })
  })

  it('is followed by none when it is the last, and comes after none when it is the first', () => {
    expect(page('', 100)).toMatchObject({ next: null, previous: null })
    expect(page('', 101).next).toBe('https://inferq.example:8008/v0.7/tasks/?offset=100&limit=100')
    expect(page('offset=150&limit=50', 200)).toMatchObject({
      next: null,
      previous: expect.stringContaining('offset=100'),
    })
    expect(page('offset=20&limit=50', 20)).toMatchObject({ next: null, previous: expect.stringContaining('offset=0&') })
    expect(page('offset=99999999999999999999', 20).next).toBeNull()
  })

  it('holds a thousand at most', () => {
    expect(page('limit=5000', 2_000).next).toContain('?limit=1000&offset=1000')
  })

  it('may be asked for by its number, where neither offset nor limit is given', () => {
    const { next, previous } = page('page_size=20&page=2&x=1', 100)
    expect([next, previous]).toEqual([
      'https://inferq.example:8008/v0.7/tasks/?page_size=20&page=3&x=1',
      'https://inferq.example:8008/v0.7/tasks/?page_size=20&page=1&x=1',
    ])
    expect(page('page=2&limit=30', 100).next).toContain('limit=30&offset=30')
  })

  it.each(['offset=-1', 'offset=a', 'offset=1.5', 'offset=', 'limit=0', 'limit=-5', 'page=0', 'page_size=0', 'page=x'])(
    'is refused when it cannot be: %s',
    (query) => {
      const name = query.split('=')[0]
      expect(() => page(query, 1)).toThrow(
        expect.objectContaining({ status: 400, message: expect.stringContaining(`${name}:`) }),
      )
    },
  )
})
