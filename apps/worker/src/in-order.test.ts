import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { inOrder } from './in-order.ts'

const never = new AbortController().signal

describe('inOrder', () => {
  it('answers in the order of the items, whichever is ready first', async () => {
    const waits = [3, 0, 2, 1]
    const answers = await inOrder(waits, { atOnce: 4, signal: never }, async (turns, index) => {
      for (let i = 0; i < turns; i++) await turn()
      return `${index}:${turns}`
    })
    expect(answers).toEqual(['0:3', '1:0', '2:2', '3:1'])
  })

  it('has no more than so many under way, and as many as it may', async () => {
    let underWay = 0
    let most = 0
    await inOrder(Array.from({ length: 9 }), { atOnce: 3, signal: never }, async () => {
      most = Math.max(most, ++underWay)
      await turn()
      underWay--
    })
    expect(most).toBe(3)
  })

  it('fails with the first failure, begins no more, and tells those under way', async () => {
    const begun: number[] = []
    let wasTold = false
    const work = inOrder([0, 1, 2, 3], { atOnce: 2, signal: never }, async (item, _index, signal) => {
      begun.push(item)
      if (item === 1) throw new Error('first')
      await turn()
      wasTold = signal.aborted
      throw new Error('second')
    })
    await expect(work).rejects.toThrow('first')
    expect([begun, wasTold]).toEqual([[0, 1], true])
  })

  it("fails with the signal's reason when it is aborted, however the items end", async () => {
    const abort = new AbortController()
    const work = inOrder([0, 1], { atOnce: 1, signal: abort.signal }, async (_item, _index, signal) => {
      abort.abort(new Error('stopped'))
      signal.throwIfAborted()
    })
    await expect(work).rejects.toThrow('stopped')
  })

  it('answers nothing to nothing', async () => {
    expect(await inOrder([], { atOnce: 4, signal: never }, async () => 1)).toEqual([])
  })
})
