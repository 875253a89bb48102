import { describe, expect, it } from 'vitest'
import { readScroll, scrollId } from './scroll.ts'

describe('a scroll', () => {
  const now = Date.parse('2024-01-05T10:00:00Z')
  const at = (position: number) => scrollId(position, now)
  const read = (request: object) => readScroll({ size: 10, ...request }, now)

  it('starts when the key scroll_id is there, with null at first', () => {
    expect(readScroll({}, now)).toBeNull()
    expect(readScroll({ size: 10 }, now)).toBeNull()
    expect(read({ scroll_id: null })).toEqual({ offset: 0, limit: 10 })
  })

  it('goes on where the id says', () => {
    expect(read({ scroll_id: at(30) })).toEqual({ offset: 30, limit: 10 })
  })

  it('is forgotten after 600 s, and then starts anew', () => {
    expect(readScroll({ scroll_id: at(30), size: 10 }, now + 599_999)).toEqual({ offset: 30, limit: 10 })
    expect(readScroll({ scroll_id: at(30), size: 10 }, now + 600_000)).toEqual({ offset: 0, limit: 10 })
  })

  it.each(['', 'unknown', '0123456789abcdef', Buffer.from('[-5,9999999999999]').toString('base64url')])(
    'starts anew with the unknown id "%s"',
    (scroll_id) => {
      expect(read({ scroll_id })).toEqual({ offset: 0, limit: 10 })
    },
  )

  it('answers all from the start up to where it was when it is refreshed', () => {
    expect(read({ scroll_id: at(30), refresh_scroll: true })).toEqual({ offset: 0, limit: 30 })
    expect(read({ scroll_id: at(5), refresh_scroll: true })).toEqual({ offset: 0, limit: 10 })
  })

  it('may be larger than a page, up to 10 000', () => {
    expect(read({ scroll_id: null, size: 2000 })).toEqual({ offset: 0, limit: 2000 })
    expect(read({ scroll_id: null, size: 10_000_000 })).toEqual({ offset: 0, limit: 10_000 })
  })

  it.each([[undefined], [null], [0], [-1], ['x'], [1.5]])('refuses the size %j with 400/12', (size) => {
    expect(() => readScroll({ scroll_id: null, size }, now)).toThrow(expect.objectContaining({ subcode: 12 }))
  })

  it('refuses an id that is no string with 400/12', () => {
    expect(() => read({ scroll_id: 5 })).toThrow(expect.objectContaining({ subcode: 12 }))
  })
})
