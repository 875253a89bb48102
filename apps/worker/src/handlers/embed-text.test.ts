import { describe, expect, it } from 'vitest'
import { fakeEngines, fakeRunner, takenJob } from '../worker.fixture.ts'

describe('embed.text', () => {
  const texts = ['a', 'b']
  const run = async (vectors: number[][]) => {
    const { run, outcomes } = fakeRunner({ engines: fakeEngines(vectors, 0) })
    await run(takenJob({ texts }, {}, { job: 'embed.text' }))
    return outcomes.at(-1)
  }

  it('gives one vector per text, to nine decimals, and the name of the model', async () => {
    const outcome = await run([
      [0.123456789123, -1],
      [1e-12, 0.5],
    ])
    const { result } = outcome as { result: string }
    expect(JSON.parse(result)).toEqual({
      model: 'fake',
      embeddings: [
        [expect.closeTo(0.123456789, 7), -1],
        [0, 0.5],
      ],
    })
    expect(result.length).toBeLessThan(70)
  })

  it.each([
    [
      'a number that is not finite',
      [
        [1, Number.NaN],
        [1, 1],
      ],
    ],
    ['too few vectors', [[1, 1]]],
    ['vectors of different lengths', [[1, 1], [1]]],
  ])('is final when the model gave %s', async (_, vectors) => {
    expect(await run(vectors)).toMatchObject({ kind: 'failed', error: { code: 'RESULT_INVALID' } })
  })
})
