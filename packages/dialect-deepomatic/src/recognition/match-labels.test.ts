import { describe, expect, it } from 'vitest'
import { areOwn, matchLabels } from './match-labels.ts'

const model = [
  { id: 0, name: 'cat' },
  { id: 1, name: 'crane' },
  { id: 2, name: 'dog' },
  { id: 3, name: 'crane' },
]

describe('the labels of a spec', () => {
  it('are those of the model with the same names, in any order and number', () => {
    const { asked, missing } = matchLabels(
      [
        { id: 70, name: 'dog' },
        { id: 2, name: 'cat' },
      ],
      model,
    )
    expect(asked).toEqual([
      { of: 2, id: 70, name: 'dog' },
      { of: 0, id: 2, name: 'cat' },
    ])
    expect(missing).toEqual([])
  })

  it('of one name are told apart by their ids, and go to what is left otherwise', () => {
    const match = (...ids: number[]) =>
      matchLabels(
        ids.map((id) => ({ id, name: 'crane' })),
        model,
      )
    expect(match(3).asked).toEqual([{ of: 3, id: 3, name: 'crane' }])
    expect(match(9).asked).toEqual([{ of: 1, id: 9, name: 'crane' }])
    expect(match(9, 1).asked.map(({ of }) => of)).toEqual([3, 1])
    expect(match(8, 9).asked.map(({ of }) => of)).toEqual([1, 3])
    expect(match(7, 8, 9).missing).toEqual([{ id: 9, name: 'crane' }])
  })

  it('that the model does not have are missing', () => {
    expect(matchLabels([{ id: 0, name: 'Cat' }], model)).toEqual({ asked: [], missing: [{ id: 0, name: 'Cat' }] })
  })

  it('are the model’s own only when all are, in order', () => {
    expect(areOwn([...model], model)).toBe(true)
    expect(areOwn(model.slice(0, 3), model)).toBe(false)
    expect(areOwn(model.toReversed(), model)).toBe(false)
    expect(
      areOwn(
        model.map(({ id, name }) => ({ id: id + 1, name })),
        model,
      ),
    ).toBe(false)
  })
})
