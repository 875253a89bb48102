import type { Point } from '@inferq/contracts'
import type { Area } from '../messages.ts'
import type { Pixels } from './geometry.ts'

/** Paints black what is outside of the polygon, whose points are fractions of the image that `seen` is a part of. */
export function blackenOutside({ data, width, height }: Pixels, polygon: readonly Point[], seen: Area): void {
  const corners = polygon.map(({ x, y }) => ({
    x: ((x - seen.left) / seen.width) * width,
    y: ((y - seen.top) / seen.height) * height,
  }))
  for (let row = 0; row < height; row++) {
    let blackFrom = 0
    // Between the first and the second crossing is inside, between the second and the third outside, and so on.
    const crossings = crossingsOf(corners, row + 0.5)
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      blacken(data, row * width, blackFrom, firstPixelFrom(crossings[i] as number, width))
      blackFrom = firstPixelFrom(crossings[i + 1] as number, width)
    }
    blacken(data, row * width, blackFrom, width)
  }
}

/** Where the sides of the polygon cross this height, from left to right. */
function crossingsOf(corners: readonly Point[], y: number): number[] {
  const crossings: number[] = []
  for (const [i, a] of corners.entries()) {
    const b = corners[(i + 1) % corners.length] as Point
    if (a.y <= y === b.y <= y) continue
    crossings.push(a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x))
  }
  return crossings.sort((a, b) => a - b)
}

/** A pixel belongs to where its middle is. */
const firstPixelFrom = (x: number, width: number) => Math.min(width, Math.max(0, Math.ceil(x - 0.5)))

function blacken(data: Uint8Array, rowStart: number, from: number, to: number): void {
  if (to > from) data.fill(0, (rowStart + from) * 3, (rowStart + to) * 3)
}
