import type { VideoStream } from './inspect.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

/** As viewers see it: turned as the file says. */
export const shownSize = ({ width, height, clockwise }: VideoStream): Size =>
  clockwise === 90 || clockwise === 270 ? { width: height, height: width } : { width, height }

/** In the same shape, the longer side no longer than this. */
export function fitWithin({ width, height }: Size, maxSide: number): Size {
  const scale = Math.min(1, maxSide / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}
