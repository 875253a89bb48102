import { Tensor } from '@huggingface/transformers'
import { describe, expect, it } from 'vitest'
import { regionsOfPeaks, regionsOfQueries } from './regions.ts'

const tensor = (values: readonly number[], ...shape: number[]) =>
  new Tensor('float32', Float32Array.from(values), shape)

describe('things that a network like DETR found', () => {
  const outputs = {
    // Two images of two things each: labels 0 and 1, and nothing.
    logits: tensor([5, 0, 0, /**/ 0, 0, 20, /**/ 3, 4, 0, /**/ 0, 0, 20], 2, 2, 3),
    pred_boxes: tensor([0.5, 0.5, 1, 1, 0, 0, 0, 0, 0.2, 0.3, 0.2, 0.4, 0, 0, 0, 0], 2, 2, 4),
  }

  it('are boxes with the labels that come into question, the likeliest first; nothing is left out', () => {
    const [found, ...rest] = regionsOfQueries(true)(outputs, 1)
    expect(rest).toEqual([])
    expect(found?.labels.map(({ id }) => id)).toEqual([1, 0])
    expect(found?.labels[0]?.score).toBeCloseTo(Math.exp(4) / (Math.exp(4) + Math.exp(3) + 1))
    const { left = 0, top = 0, width, height } = found?.area ?? {}
    expect([left, top, width, height].map((value) => Math.round((value ?? 0) * 100))).toEqual([10, 10, 20, 40])
  })
})

it('things that a network found which scores each label for itself have no label for nothing', () => {
  const outputs = { logits: tensor([0, 4, -20], 1, 1, 3), pred_boxes: tensor([0.5, 0.5, 1, 1], 1, 1, 4) }
  const [found] = regionsOfQueries(false)(outputs, 0)
  expect(found?.labels.map(({ id, score }) => [id, Math.round(score * 100)])).toEqual([
    [1, 98],
    [0, 50],
  ])
})

describe('peaks of a heatmap', () => {
  const peaksOf = (peaks: readonly (readonly [score: number, label: number, box: readonly number[]])[]) =>
    regionsOfPeaks(
      {
        peak_scores: tensor(
          peaks.map(([score]) => score),
          1,
          peaks.length,
        ),
        peak_labels: tensor(
          peaks.map(([, label]) => label),
          1,
          peaks.length,
        ),
        peak_boxes: tensor(
          peaks.flatMap(([, , box]) => box),
          1,
          peaks.length,
          4,
        ),
      },
      0,
    ).map(({ labels }) => labels.map(({ id }) => id))

  const box = [0.1, 0.1, 0.5, 0.5]
  const nearly = [0.1, 0.1, 0.501, 0.5]
  const half = [0.1, 0.2, 0.5, 0.5]
  const elsewhere = [0.6, 0.6, 0.9, 0.9]

  it('in one spot are labels of one thing', () => {
    expect(
      peaksOf([
        [0.9, 3, box],
        [0.5, 7, nearly],
        [0.4, 7, elsewhere],
      ]),
    ).toEqual([[3, 7], [7]])
  })

  it('of one label that overlap are one thing, of others they are not', () => {
    expect(
      peaksOf([
        [0.9, 3, box],
        [0.5, 3, half],
        [0.4, 7, half],
      ]),
    ).toEqual([[3], [7]])
  })

  it('of hardly any height are left out', () => {
    expect(
      peaksOf([
        [0.9, 3, box],
        [0.009, 4, elsewhere],
      ]),
    ).toEqual([[3]])
  })
})
