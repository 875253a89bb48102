import { describe, expect, it } from 'vitest'
import { chunkPoints, countPoints, cutChunks, packPoints, toHex, unpackPoints } from './pack-points.ts'

const points = (count: number) =>
  Array.from({ length: count }, (_, place) => ({ iteration: place, at: new Date(1_000 + place), value: place / 3 }))

describe('packed points', () => {
  it('come out bit for bit as they went in', () => {
    const extremes = [Number.NaN, Infinity, -Infinity, -0, 5e-324, Number.MAX_VALUE, 0.1]
    const given = extremes.map((value, place) => ({
      iteration: (-1) ** place * 2 ** 60,
      at: new Date(-8.64e15),
      value,
    }))
    const { iterations, times, values } = unpackPoints(packPoints(given))
    expect([...values]).toEqual(extremes)
    expect([...iterations]).toEqual(given.map(({ iteration }) => iteration))
    expect([...times]).toEqual(extremes.map(() => -8.64e15))
  })

  it('are read from the middle of a larger buffer', () => {
    const bytes = new Uint8Array(1_003)
    bytes.set(packPoints(points(3)), 11)
    const part = bytes.subarray(11, 11 + 72)
    expect(countPoints(part)).toBe(3)
    expect([...unpackPoints(part).times]).toEqual([1_000, 1_001, 1_002])
    expect(toHex(part)).toBe(toHex(packPoints(points(3))))
  })

  it.each([0, 1, chunkPoints - 1, chunkPoints, chunkPoints + 1, 3 * chunkPoints + 7])(
    'are cut into full chunks and a shorter rest: %d',
    (count) => {
      const { chunks, tail } = cutChunks(packPoints(points(count)))
      expect(chunks.map(countPoints)).toEqual(Array(Math.floor(count / chunkPoints)).fill(chunkPoints))
      expect(countPoints(tail)).toBe(count % chunkPoints)
      const all = [...chunks, tail].flatMap((bytes) => [...unpackPoints(bytes).iterations])
      expect(all).toEqual(points(count).map(({ iteration }) => iteration))
    },
  )
})
