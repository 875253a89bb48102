import { JobError } from '@inferq/contracts'

/**
 * Nine decimals: as JSON, half the bytes of a 32-bit number written as a double, and written faster. The rounding, at
 * most 5e-10, is below what 32 bits can tell apart for all but the smallest parts of a vector of length 1.
 */
const scale = 1e9

/** A vector as a result gives it. Throws RESULT_INVALID for one that is not of numbers alone. */
export function toNumbers(vector: Float32Array): number[] {
  const numbers = new Array<number>(vector.length)
  for (let i = 0; i < vector.length; i++) {
    const number = vector[i] as number
    if (!Number.isFinite(number)) throw new JobError('RESULT_INVALID', 'the model gave a number that is not finite')
    numbers[i] = Math.round(number * scale) / scale
  }
  return numbers
}
