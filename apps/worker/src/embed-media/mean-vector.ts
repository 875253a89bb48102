import { normalise } from '@inferq/engines'

/** The mean of vectors, brought to length 1. They are not kept: it takes the same memory for two as for millions. */
export class MeanVector {
  #sums: Float64Array | undefined

  add(vector: Float32Array, weight = 1): void {
    this.#sums ??= new Float64Array(vector.length)
    for (let i = 0; i < vector.length; i++) this.#sums[i] = (this.#sums[i] as number) + weight * (vector[i] as number)
  }

  /** Null: of nothing. */
  result(): Float32Array | null {
    return this.#sums ? normalise(Float32Array.from(this.#sums)) : null
  }
}
