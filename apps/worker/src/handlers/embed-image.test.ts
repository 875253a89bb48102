import type { Outcome } from '@inferq/contracts'
import { describe, expect, it } from 'vitest'
import { fakeEngines, fakeImageEngine, fakeRunner, takenJob } from '../worker.fixture.ts'

const image = { source: { base64: 'AAAA' } }

async function embedImages(vectors: readonly (readonly number[])[], images = [image, image]) {
  const asked: (string | undefined)[] = []
  const engine = fakeImageEngine({
    embed: async () => ({ embeddings: vectors.map((it) => Float32Array.from(it)), preparingMs: 1, computingMs: 3 }),
  })
  const engines = fakeEngines([], 0, {
    image: async (model) => {
      asked.push(model)
      return engine
    },
  })
  const { run, outcomes } = fakeRunner({ engines })
  await run(takenJob({ images, model: 'clip' }, {}, { job: 'embed.image' }))
  expect(asked).toEqual(['clip'])
  return outcomes.at(-1) as Outcome
}

describe('embed.image', () => {
  it('gives one vector per image, the name of the model, and the time of its engine', async () => {
    const outcome = await embedImages([
      [0.6, 0.8],
      [1, 0],
    ])
    expect(JSON.parse((outcome as { result: string }).result)).toEqual({
      model: 'fake',
      embeddings: [
        [expect.closeTo(0.6, 7), expect.closeTo(0.8, 7)],
        [1, 0],
      ],
    })
    expect(outcome).toMatchObject({ timings: { computingMs: 3 } })
  })

  it.each([
    ['too few vectors', [[1, 0]]],
    ['vectors of different lengths', [[1, 0], [1]]],
    [
      'a number that is not finite',
      [
        [1, 0],
        [Number.POSITIVE_INFINITY, 0],
      ],
    ],
  ])('is final when the model gave %s', async (_, vectors) => {
    expect(await embedImages(vectors)).toMatchObject({ kind: 'failed', error: { code: 'RESULT_INVALID' } })
  })
})
