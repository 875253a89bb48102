import type { ImageToRead } from '../../engine.ts'
import type { Area } from '../messages.ts'
import type { Preprocessing } from './preprocessing.ts'

export interface Size {
  readonly width: number
  readonly height: number
}
export interface PixelRectangle extends Size {
  readonly left: number
  readonly top: number
}
export interface Pixels extends Size {
  /** Three bytes each, row by row. */
  readonly data: Uint8Array
}

/** What of the image to look at, in whole pixels, at least one; `null`: all of it. */
export function regionOf({ bbox, polygon }: ImageToRead, size: Size): PixelRectangle | null {
  if (!bbox && !polygon) return null
  const xs = bbox ? [bbox.xmin, bbox.xmax] : (polygon ?? []).map(({ x }) => x)
  const ys = bbox ? [bbox.ymin, bbox.ymax] : (polygon ?? []).map(({ y }) => y)
  const [left, width] = span(xs, size.width)
  const [top, height] = span(ys, size.height)
  return { left, top, width, height }
}

function span(fractions: readonly number[], pixels: number): [start: number, length: number] {
  const start = Math.min(Math.floor(Math.min(...fractions) * pixels), pixels - 1)
  return [start, Math.max(1, Math.ceil(Math.max(...fractions) * pixels) - start)]
}

/** How large the model wants something of this size; `null`: as it is. */
export function resizedTo({ resize }: Preprocessing, { width, height }: Size): Size | null {
  if (resize === null) return null
  if (resize.kind === 'exact') return { width: resize.width, height: resize.height }
  const toShortest = resize.shortest === null ? 1 : resize.shortest / Math.min(width, height)
  const longest = Math.max(width, height) * toShortest
  const factor = toShortest * (resize.longest === null ? 1 : Math.min(1, resize.longest / longest))
  return { width: scaled(width, factor), height: scaled(height, factor) }
}

/** Rounded first, so that 223.9999 is 224. */
const scaled = (length: number, factor: number) => Math.max(1, Math.floor(Number((length * factor).toFixed(2))))

/** The middle of something of this size, no larger than that. */
export function middleOf(size: Size, crop: Size): PixelRectangle {
  const [width, height] = [Math.min(size.width, crop.width), Math.min(size.height, crop.height)]
  return { left: (size.width - width) >> 1, top: (size.height - height) >> 1, width, height }
}

/** The part of the whole image that is seen when `crop` is cut out of the region after that was resized. */
export function seenArea(
  whole: Size,
  region: PixelRectangle,
  resized: Size,
  crop: PixelRectangle = { ...resized, left: 0, top: 0 },
): Area {
  const [xScale, yScale] = [region.width / resized.width, region.height / resized.height]
  return {
    left: (region.left + crop.left * xScale) / whole.width,
    top: (region.top + crop.top * yScale) / whole.height,
    width: (crop.width * xScale) / whole.width,
    height: (crop.height * yScale) / whole.height,
  }
}
