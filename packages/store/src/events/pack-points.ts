import type { ScalarPoint, SeriesChunk } from '@inferq/domain'

/** A point is its iteration, its time in epoch milliseconds and its value, each as a little-endian double. */
const pointBytes = 24
/** A full chunk and the row around it lie five to a page, and Postgres moves none of it elsewhere. */
export const chunkPoints = 64
const chunkBytes = chunkPoints * pointBytes

export type Columns = Omit<SeriesChunk, 'series'>

export function packPoints(points: readonly Pick<ScalarPoint, 'iteration' | 'at' | 'value'>[]): Uint8Array {
  const bytes = new Uint8Array(points.length * pointBytes)
  const view = new DataView(bytes.buffer)
  points.forEach(({ iteration, at, value }, place) => {
    const offset = place * pointBytes
    view.setFloat64(offset, iteration, true)
    view.setFloat64(offset + 8, at.getTime(), true)
    view.setFloat64(offset + 16, value, true)
  })
  return bytes
}

export function unpackPoints(bytes: Uint8Array): Columns {
  const count = countPoints(bytes)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const columns = {
    iterations: new Float64Array(count),
    times: new Float64Array(count),
    values: new Float64Array(count),
  }
  for (let place = 0; place < count; place++) {
    const offset = place * pointBytes
    columns.iterations[place] = view.getFloat64(offset, true)
    columns.times[place] = view.getFloat64(offset + 8, true)
    columns.values[place] = view.getFloat64(offset + 16, true)
  }
  return columns
}

export const countPoints = (bytes: Uint8Array): number => bytes.byteLength / pointBytes

/** Cuts off as many full chunks as there are; what is left over is the tail. */
export function cutChunks(bytes: Uint8Array): { chunks: Uint8Array[]; tail: Uint8Array } {
  const chunks: Uint8Array[] = []
  let end = chunkBytes
  for (; end <= bytes.byteLength; end += chunkBytes) chunks.push(bytes.subarray(end - chunkBytes, end))
  return { chunks, tail: bytes.subarray(end - chunkBytes) }
}

export const toHex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
