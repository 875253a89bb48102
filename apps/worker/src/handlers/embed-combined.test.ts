import type { Outcome } from '@inferq/contracts'
import { describe, expect, it } from 'vitest'
import { fakeEngines, fakeImageEngine, fakeRunner, takenJob } from '../worker.fixture.ts'

const image = { source: { base64: 'AAAA' } }

/** A model that gives texts the first of these vectors, and images the others in turn. */
async function combine(
  input: object,
  [ofText, ...ofImages]: [number[], ...number[][]] = [
    [1, 0, 0, 0],
    [0, 1, 0, 0],
  ],
) {
  const asked: (string | undefined)[] = []
  const { text, ...rest } = fakeEngines([ofText], 2)
  const engines = {
    ...rest,
    text: async (model?: string) => {
      asked.push(model)
      return text(model)
    },
    image: async (model?: string) => {
      asked.push(model)
      return fakeImageEngine({
        embed: async (images) => ({
          embeddings: images.map((_, i) => Float32Array.from(ofImages[i] as number[])),
          preparingMs: 0,
          computingMs: 3,
        }),
      })
    },
  }
  const { run, outcomes } = fakeRunner({ engines })
  await run(takenJob(input, {}, { job: 'embed.combined' }))
  return { outcome: outcomes.at(-1) as Outcome, asked }
}

const resultOf = (outcome: Outcome) => JSON.parse((outcome as { result: string }).result)

describe('embed.combined', () => {
  it('gives the mean of the vectors of a text and of images, at length 1', async () => {
    const { outcome } = await combine({ text: 'a cat', images: [image, image], model: 'clip' }, [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
    ])
    const third = expect.closeTo(1 / Math.sqrt(3), 6)
    expect(resultOf(outcome)).toEqual({ model: 'clip', embedding: [third, third, third, 0] })
    expect(outcome).toMatchObject({ timings: { computingMs: 5 } })
  })

  it('gives the vector of a text alone, or of an image alone, and asks no other part of the model', async () => {
    const text = await combine({ text: 'a cat', model: 'clip' })
    expect(resultOf(text.outcome).embedding).toEqual([1, 0, 0, 0])
    expect(text.asked).toEqual(['clip'])
    const picture = await combine({ text: '  ', images: [image], model: 'clip' })
    expect(resultOf(picture.outcome).embedding).toEqual([0, 1, 0, 0])
    expect(picture.asked).toEqual(['clip'])
  })

  it('asks the first model for all kinds of content when none is named', async () => {
    const { outcome, asked } = await combine({ text: 'a cat', images: [image] })
    expect(asked).toEqual(['fake', 'fake'])
    expect(resultOf(outcome).model).toBe('fake')
  })

  it('refuses a model whose texts and images have vectors of different lengths, for good', async () => {
    const { outcome } = await combine({ text: 'a cat', images: [image], model: 'odd' }, [[1, 0], [1]])
    expect(outcome).toMatchObject({
      kind: 'failed',
      error: { code: 'ENGINE_REFUSED', message: expect.stringContaining('of the model "odd" have different lengths') },
    })
  })
})
