/** The natural logarithm of the probability that a row of scores gives to each of its entries. */
export function logProbabilities(scores: Float32Array): Float32Array {
  const largest = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const sum = scores.reduce((total, score) => total + Math.exp(score - largest), 0)
  const offset = largest + Math.log(sum)
  return scores.map((score) => score - offset)
}

/** Of these entries the one with the highest score. */
export const likeliest = (scores: Float32Array, entries: readonly number[]): number | undefined =>
  entries.reduce<number | undefined>(
    (best, entry) => (best === undefined || (scores[entry] ?? 0) > (scores[best] ?? 0) ? entry : best),
    undefined,
  )
