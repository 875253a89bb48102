/** From 0 to 1, summing up to 1. Shifted by the largest, so that no logit is too large for it. */
export function softmax(logits: Float32Array): Float32Array<ArrayBuffer> {
  const largest = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const powers = Float32Array.from(logits, (logit) => Math.exp(logit - largest))
  const sum = powers.reduce((a, b) => a + b, 0)
  return powers.map((power) => power / sum)
}

/** From 0 to 1, each for itself. */
export const sigmoid = (logits: Float32Array): Float32Array<ArrayBuffer> =>
  Float32Array.from(logits, (logit) => 1 / (1 + Math.exp(-logit)))
