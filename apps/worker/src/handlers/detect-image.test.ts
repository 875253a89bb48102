import type { ImageModelDescription } from '@inferq/contracts'
import type { FoundRegion } from '@inferq/engines'
import { describe, expect, it } from 'vitest'
import { fakeEngines, fakeImageEngine, fakeRunner, takenJob } from '../worker.fixture.ts'

const description: ImageModelDescription = {
  v: 1,
  name: 'fake',
  job: 'detect.image',
  labels: [
    { id: 7, name: 'cat' },
    { id: 3, name: 'dog' },
  ],
  exclusive: false,
}
const box = { xmin: 0.1, ymin: 0.25, xmax: 0.5, ymax: 0.75 }

async function detect(
  regions: readonly FoundRegion[],
  input: object = {},
  job: ImageModelDescription['job'] = 'detect.image',
) {
  const engine = fakeImageEngine({
    descriptions: [{ ...description, job }],
    detect: async () => ({ regions: [regions], preparingMs: 1, computingMs: 0 }),
  })
  const { run, outcomes } = fakeRunner({ engines: { ...fakeEngines([]), image: async () => engine } })
  await run(takenJob({ images: [{ source: { base64: 'AAAA' } }], ...input }, {}, { job: 'detect.image' }))
  const outcome = outcomes.at(-1)
  return outcome?.kind === 'succeeded' ? JSON.parse(outcome.result as string).images[0] : outcome
}

const cat = { label_id: 7, label_name: 'cat' }
const dog = { label_id: 3, label_name: 'dog' }

describe('detect.image', () => {
  it('answers labels of 0.8 and more on their boxes; several of one region share its number', async () => {
    const noisy = { ...box, xmin: Math.fround(0.1) }
    const regions = [
      { box, labels: [{ id: 3, score: 0.8 }] },
      {
        box: noisy,
        labels: [
          { id: 7, score: 0.9 },
          { id: 3, score: 0.85 },
        ],
      },
      { box, labels: [{ id: 7, score: 0.79 }] },
    ]
    expect(await detect(regions)).toEqual({
      predicted: [
        { ...cat, score: 0.9, threshold: 0.8, region: 1, box },
        { ...dog, score: 0.85, threshold: 0.8, region: 1, box },
        { ...dog, score: 0.8, threshold: 0.8, region: 0, box },
      ],
      discarded: [],
    })
  })

  it('takes the thresholds of the task by the order of the labels, whatever their ids', async () => {
    const regions = [
      {
        box,
        labels: [
          { id: 7, score: 0.4 },
          { id: 3, score: 0.4 },
        ],
      },
    ]
    expect(await detect(regions, { thresholds: [0.5, 0.3], show_discarded: true })).toEqual({
      predicted: [{ ...dog, score: 0.4, threshold: 0.3, region: 0, box }],
      discarded: [{ ...cat, score: 0.4, threshold: 0.5, region: 0, box }],
    })
  })

  it('answers only the labels that the task asks for', async () => {
    const found = [
      { id: 7, score: 0.9 },
      { id: 3, score: 0.9 },
    ]
    const labels = [{ of: 3, id: 1, name: 'Hund' }]
    expect(await detect([{ box, labels: found }], { labels })).toEqual({
      predicted: [{ label_id: 1, label_name: 'Hund', score: 0.9, threshold: 0.8, region: 0, box }],
      discarded: [],
    })
  })

  it('answers empty lists where nothing was found', async () => {
    expect(await detect([])).toEqual({ predicted: [], discarded: [] })
  })

  it('refuses a model without boxes, for good', async () => {
    expect(await detect([], {}, 'classify.image')).toMatchObject({
      kind: 'failed',
      error: { code: 'ENGINE_REFUSED', message: 'the model "fake" cannot do detect.image, only classify.image' },
    })
  })

  it('is final when the model gave a label that it does not have', async () => {
    const error = { code: 'RESULT_INVALID' }
    expect(await detect([{ box, labels: [{ id: 1, score: 0.9 }] }])).toMatchObject({ kind: 'failed', error })
  })
})
