import { describe, expect, it } from 'vitest'
import { createScratchRoom } from './scratch-room.ts'

const signal = new AbortController().signal
const turn = () => new Promise(setImmediate)

/** Those who wait, by name, in the order in which they got what they wait for. */
function follow() {
  const got: string[] = []
  return { got, wait: (name: string, waiting: Promise<void>) => void waiting.then(() => got.push(name)) }
}

describe('room that is shared out', () => {
  it('is had at once while there is some, and again once it was given back', () => {
    const room = createScratchRoom(10)
    const [a, b] = [room.share(), room.share()]
    expect([a.tryToHave(6), b.tryToHave(5), b.tryToHave(4)]).toEqual([true, false, true])
    a.giveBack()
    expect(b.tryToHave(10)).toBe(true)
  })

  it('counts what one has already, and takes back what one needs no more', () => {
    const room = createScratchRoom(10)
    const [a, b] = [room.share(), room.share()]
    expect([a.tryToHave(8), a.tryToHave(9), a.tryToHave(3)]).toEqual([true, true, true])
    expect([b.tryToHave(8), b.tryToHave(7)]).toEqual([false, true])
  })

  it('is waited for in the order of coming, so that small ones do not pass a large one for ever', async () => {
    const { got, wait } = follow()
    const room = createScratchRoom(10)
    const [a, large, small, late] = [room.share(), room.share(), room.share(), room.share()]
    a.tryToHave(6)
    wait('large', large.waitFor(9, { signal }))
    wait('small', small.waitFor(1, { signal }))
    await turn()
    expect(got).toEqual([])
    expect(late.tryToHave(1)).toBe(false)
    a.giveBack()
    await turn()
    expect(got).toEqual(['large', 'small'])
  })

  it('is not held by those who wait, so that two never wait for each other', async () => {
    const { got, wait } = follow()
    const room = createScratchRoom(10)
    const [a, b] = [room.share(), room.share()]
    expect([a.tryToHave(5), b.tryToHave(5)]).toEqual([true, true])
    wait('a', a.waitFor(9, { signal }))
    wait('b', b.waitFor(9, { signal }))
    await turn()
    expect(got).toEqual(['a'])
    a.giveBack()
    await turn()
    expect(got).toEqual(['a', 'b'])
  })

  it('goes to the next one when who waits is told to stop', async () => {
    const { got, wait } = follow()
    const room = createScratchRoom(10)
    const [a, b, c] = [room.share(), room.share(), room.share()]
    a.tryToHave(5)
    const abort = new AbortController()
    const waiting = b.waitFor(9, { signal: abort.signal })
    wait('c', c.waitFor(5, { signal }))
    abort.abort(new Error('stopped'))
    await expect(waiting).rejects.toThrow('stopped')
    expect(got).toEqual(['c'])
    await expect(b.waitFor(1, { signal: abort.signal })).rejects.toThrow('stopped')
    a.giveBack()
    expect(a.tryToHave(5)).toBe(true)
  })
})
