import { expect, it } from 'vitest'
import { normalise } from '../vectors.ts'
import { type Pooling, pool } from './pooling.ts'

/** Two texts of up to three tokens of width 2; the last token of the second is padding. */
const vectors = { data: Float32Array.of(1, 0, 0, 2, 3, 0, 1, 5, 4, -1, 99, 99), tokens: 3, width: 2 }

it.each<[Pooling, number[]]>([
  ['mean', [5, 4]],
  ['cls', [1, 5]],
  ['lasttoken', [4, -1]],
  ['max', [4, 5]],
])('pooling by %s goes by the tokens of the text and never by padding', (pooling, direction) => {
  const pooled = normalise(pool(pooling, vectors, 1, 2))
  const expected = normalise(Float32Array.from(direction))
  for (const [i, value] of expected.entries()) expect(pooled[i]).toBeCloseTo(value, 6)
})

it('a vector of zeros stays one, and does not become one of no numbers', () => {
  expect([...normalise(new Float32Array(2))]).toEqual([0, 0])
})
