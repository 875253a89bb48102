import { describe, expect, it } from 'vitest'
import { groupCommit } from './group-commit.ts'

/** Commits that wait until they are told how to end. */
function heldCommits() {
  const batches: { items: number[]; succeed(): void; fail(error: Error): void }[] = []
  const commit = (items: number[]) =>
    new Promise<number[]>((resolve, reject) => {
      batches.push({ items, succeed: () => resolve(items.map((item) => item * 10)), fail: reject })
    })
  return { batches, commit, turn: () => new Promise((resolve) => setImmediate(() => setImmediate(resolve))) }
}

describe('group commit', () => {
  it('commits a lone caller by itself at once', async () => {
    const commit = groupCommit<number, number>(async (items) => items.map((item) => item * 10), { maxItems: 5 })
    expect(await commit(1)).toBe(10)
  })

  it('puts callers of one turn together, and answers each with its own', async () => {
    const sizes: number[] = []
    const commit = groupCommit<number, number>(
      async (items) => {
        sizes.push(items.length)
        return items.map((item) => item * 10)
      },
      { maxItems: 5 },
    )
    expect(await Promise.all([1, 2, 3].map(commit))).toEqual([10, 20, 30])
    expect(sizes).toEqual([3])
  })

  it('fills the next batch in order while one is in flight', async () => {
    const { batches, commit, turn } = heldCommits()
    const add = groupCommit(commit, { maxItems: 5 })
    const first = add(1)
    await turn()
    const rest = [add(2), add(3)]
    await turn()
    expect(batches.map(({ items }) => items)).toEqual([[1]])
    batches[0]?.succeed()
    await first
    await turn()
    expect(batches[1]?.items).toEqual([2, 3])
    batches[1]?.succeed()
    expect(await Promise.all(rest)).toEqual([20, 30])
  })

  it('gives an error to every caller of its batch, and to no other', async () => {
    const { batches, commit, turn } = heldCommits()
    const add = groupCommit(commit, { maxItems: 2 })
    const answers = Promise.allSettled([add(1), add(2), add(3)])
    await turn()
    batches[0]?.fail(new Error('away'))
    await turn()
    batches[1]?.succeed()
    expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
  })

  it('goes on after an error', async () => {
    let isAway = true
    const add = groupCommit<number, number>(
      async (items) => {
        if (isAway) throw new Error('away')
        return items
      },
      { maxItems: 2 },
    )
    await expect(add(1)).rejects.toThrow('away')
    isAway = false
    expect(await add(2)).toBe(2)
  })

  it('cuts batches by number and by size, and lets an item that is too large go by itself', async () => {
    const batches: number[][] = []
    const add = groupCommit<number, number>(
      async (items) => {
        batches.push(items)
        return items
      },
      { maxItems: 3, maxSize: 10, sizeOf: (item) => item },
    )
    await Promise.all([1, 2, 3, 4, 9, 50, 1].map(add))
    expect(batches).toEqual([[1, 2, 3], [4], [9], [50], [1]])
  })

  it('has as many batches in flight as it has lanes', async () => {
    const { batches, commit, turn } = heldCommits()
    const add = groupCommit(commit, { maxItems: 1, lanes: 2 })
    const answers = [add(1), add(2), add(3)]
    await turn()
    expect(batches.map(({ items }) => items)).toEqual([[1], [2]])
    batches[1]?.succeed()
    await turn()
    expect(batches.map(({ items }) => items)).toEqual([[1], [2], [3]])
    for (const batch of batches) batch.succeed()
    expect(await Promise.all(answers)).toEqual([10, 20, 30])
  })
})
