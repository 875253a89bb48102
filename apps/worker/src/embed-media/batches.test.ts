import { describe, expect, it } from 'vitest'
import { Batches } from './batches.ts'

/** An engine that answers each batch when it is told to. */
function heldEngine() {
  const underWay: { items: readonly number[]; answer: () => void; fail: (error: Error) => void }[] = []
  const taken: number[] = []
  const batches = new Batches<number, number>({
    maxItems: 3,
    compute(items) {
      const { promise, resolve, reject } = Promise.withResolvers<number[]>()
      underWay.push({ items, answer: () => resolve(items.map((item) => 10 * item)), fail: reject })
      return promise
    },
    take: (answer) => void taken.push(answer),
  })
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  return { batches, underWay, taken, turn }
}

describe('batches for an engine', () => {
  it('begin with the first item, and gather while one is computed', async () => {
    const { batches, underWay, taken, turn } = heldEngine()
    for (const item of [1, 2, 3]) await batches.add(item)
    expect(underWay.map(({ items }) => items)).toEqual([[1]])
    underWay[0]?.answer()
    await turn()
    expect(underWay.map(({ items }) => items)).toEqual([[1], [2, 3]])
    expect(taken).toEqual([10])
  })

  it('take no more items than one batch while another is computed', async () => {
    const { batches, underWay, turn } = heldEngine()
    for (const item of [1, 2, 3]) await batches.add(item)
    let isThere = false
    const adding = batches.add(4).then(() => {
      isThere = true
    })
    await turn()
    expect(isThere).toBe(false)
    underWay[0]?.answer()
    await adding
    expect(underWay.map(({ items }) => items)).toEqual([[1], [2, 3, 4]])
  })

  it('have ended when the last answer is taken, in the order of the items', async () => {
    const { batches, underWay, taken, turn } = heldEngine()
    for (const item of [1, 2, 3]) await batches.add(item)
    const ending = batches.end()
    underWay[0]?.answer()
    await turn()
    underWay[1]?.answer()
    await ending
    expect(taken).toEqual([10, 20, 30])
  })

  it('fail with what the engine failed with, whoever asks next, and send nothing more', async () => {
    const { batches, underWay, turn } = heldEngine()
    await batches.add(1)
    await batches.add(2)
    underWay[0]?.fail(new Error('fell over'))
    await turn()
    await expect(batches.add(3)).rejects.toThrow('fell over')
    await expect(batches.end()).rejects.toThrow('fell over')
    expect(underWay).toHaveLength(1)
  })
})
