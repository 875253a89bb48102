/** How the vectors of a text's tokens become the vector of the text. */
export type Pooling = 'mean' | 'cls' | 'lasttoken' | 'max'

/** Token vectors of a batch: [texts, tokens, width] one after another, padded at the end of each text. */
export interface TokenVectors {
  readonly data: Float32Array
  readonly tokens: number
  readonly width: number
}

export function pool(
  pooling: Pooling,
  { data, tokens, width }: TokenVectors,
  text: number,
  length: number,
): Float32Array {
  const row = (token: number) => {
    const start = (text * tokens + token) * width
    return data.subarray(start, start + width)
  }
  if (pooling === 'cls') return row(0).slice()
  if (pooling === 'lasttoken') return row(length - 1).slice()
  const pooled = row(0).slice()
  for (let token = 1; token < length; token++) {
    const vector = row(token)
    for (let i = 0; i < width; i++) {
      const value = vector[i] as number
      pooled[i] = pooling === 'max' ? Math.max(pooled[i] as number, value) : (pooled[i] as number) + value
    }
  }
  // A mean is a sum divided by a number, and the division goes away when the vector is scaled to length 1.
  return pooled
}
