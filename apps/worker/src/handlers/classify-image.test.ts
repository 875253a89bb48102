import type { ImageModelDescription, Outcome } from '@inferq/contracts'
import type { ImageEngine } from '@inferq/engines'
import { describe, expect, it } from 'vitest'
import { fakeEngines, fakeImageEngine, fakeRunner, takenJob } from '../worker.fixture.ts'

const description: ImageModelDescription = {
  v: 1,
  name: 'fake',
  job: 'classify.image',
  labels: ['cat', 'dog', 'cow'].map((name, index) => ({ id: 10 + index, name })),
  exclusive: true,
}
const image = { source: { base64: 'AAAA' } }

/** Runs the job on a model that gives these scores, for each image of the call. */
async function classify(
  scores: readonly (readonly number[])[],
  input: object = {},
  { more = {}, say = {} }: { more?: Partial<ImageEngine>; say?: Partial<ImageModelDescription> } = {},
): Promise<Outcome | undefined> {
  const engine = fakeImageEngine({
    descriptions: [{ ...description, ...say }],
    classify: async () => ({ scores: scores.map((it) => Float32Array.from(it)), preparingMs: 1, computingMs: 0 }),
    ...more,
  })
  const { run, outcomes } = fakeRunner({ engines: { ...fakeEngines([]), image: async () => engine } })
  await run(takenJob({ images: scores.map(() => image), ...input }, {}, { job: 'classify.image' }))
  return outcomes.at(-1)
}

const resultOf = (outcome: Outcome | undefined) => JSON.parse((outcome as { result: string }).result)
const label = (label_id: number, label_name: string, score: number, threshold: number) => ({
  ...{ label_id, label_name, score, threshold },
})

describe('classify.image', () => {
  it('answers for each image the labels over their thresholds, and the name of the model', async () => {
    const outcome = await classify([
      [0.25, 0.7, 0.05],
      [0.01, 0.02, 0.97],
    ])
    expect(resultOf(outcome)).toEqual({
      model: 'fake',
      images: [
        {
          predicted: [label(11, 'dog', 0.7, 0.025), label(10, 'cat', 0.25, 0.025), label(12, 'cow', 0.05, 0.025)],
          discarded: [],
        },
        { predicted: [label(12, 'cow', 0.97, 0.025)], discarded: [] },
      ],
    })
  })

  it('takes 0.5 for a model whose labels do not exclude each other', async () => {
    const outcome = await classify([[0.5, 0.4999, 0.9]], {}, { say: { exclusive: false } })
    expect(resultOf(outcome).images[0].predicted).toEqual([label(12, 'cow', 0.9, 0.5), label(10, 'cat', 0.5, 0.5)])
  })

  it('takes the thresholds of the task, one per label in their order', async () => {
    const input = { thresholds: [0.3, 0.1, 0.5], show_discarded: true, max_predictions: 2 }
    expect(resultOf(await classify([[0.2, 0.2, 0.6]], input)).images).toEqual([
      { predicted: [label(12, 'cow', 0.6, 0.5)], discarded: [label(10, 'cat', 0.2, 0.3)] },
    ])
  })

  it('answers scores of six decimals within 0 and 1, and compares those', async () => {
    const input = { show_discarded: true, thresholds: [0.025, 0, 1] }
    // As a 32-bit number 0.025 is a little more, and 0.0249999 a little less, than written.
    expect(resultOf(await classify([[0.0249999, -1e-9, 1.0000001]], input)).images).toEqual([
      { predicted: [label(12, 'cow', 1, 1), label(10, 'cat', 0.025, 0.025), label(11, 'dog', 0, 0)], discarded: [] },
    ])
  })

  it('answers only the labels that the task asks for, under its own ids and names and with thresholds in its order', async () => {
    const labels = [
      { of: 12, id: 1, name: 'Kuh' },
      { of: 10, id: 2, name: 'Katze' },
    ]
    const input = { labels, thresholds: [0.3, 0.5], show_discarded: true }
    expect(resultOf(await classify([[0.4, 0.9, 0.4]], input)).images).toEqual([
      { predicted: [label(1, 'Kuh', 0.4, 0.3)], discarded: [label(2, 'Katze', 0.4, 0.5)] },
    ])
  })

  it.each([
    [{ labels: [{ of: 13, id: 1, name: 'x' }] }, 'the model "fake" has no label 13'],
    [
      { labels: [{ of: 10, id: 1, name: 'x' }], thresholds: [0.1, 0.2] },
      'there are 2 thresholds, and the task asks for 1',
    ],
  ])('refuses labels that do not fit: %j', async (input, message) => {
    expect(await classify([[0, 0, 0]], input)).toMatchObject({
      kind: 'failed',
      error: { code: 'INPUT_INVALID', message: expect.stringContaining(message) },
    })
  })

  it('counts what the engine computed as computing', async () => {
    const more = {
      classify: async () => ({ scores: [Float32Array.of(0, 0, 0)], preparingMs: 1, computingMs: 1.5 }),
    }
    expect(await classify([[]], {}, { more })).toMatchObject({ timings: { computingMs: 1.5 } })
  })

  it('refuses a number of thresholds that is not that of the labels, and says how many there are', async () => {
    expect(await classify([[0, 0, 0]], { thresholds: [0.5] })).toMatchObject({
      kind: 'failed',
      error: {
        code: 'INPUT_INVALID',
        message: expect.stringContaining('there are 1 thresholds, and the model "fake" has 3 labels'),
      },
    })
  })

  it('refuses a model that only finds boxes, for good', async () => {
    expect(await classify([[0, 0, 0]], {}, { say: { job: 'detect.image' } })).toMatchObject({
      kind: 'failed',
      error: { code: 'ENGINE_REFUSED', message: 'the model "fake" cannot do classify.image, only detect.image' },
    })
  })

  it.each([
    ['a score that is not finite', [[Number.NaN, 0, 0]]],
    ['too few scores', [[0, 0]]],
  ])('is final when the model gave %s', async (_, scores) => {
    expect(await classify(scores)).toMatchObject({ kind: 'failed', error: { code: 'RESULT_INVALID' } })
  })

  it('is final when the model did not answer for every image', async () => {
    const error = { code: 'RESULT_INVALID', message: 'the model gave answers for 1 of 2 images' }
    expect(await classify([[0, 0, 0]], { images: [image, image] })).toMatchObject({ kind: 'failed', error })
  })
})
