import type { ImageBounds, ImageFormat } from '@inferq/contracts'
import type { ImageToRead } from '../../engine.ts'
import type { ReadImage } from '../messages.ts'
import { type DecodeLimits, decode, measure } from './decoder.ts'
import { formatOf, listOf, readableFormats } from './formats.ts'
import { middleOf, regionOf, resizedTo, type Size, seenArea } from './geometry.ts'
import { blackenOutside } from './polygon.ts'
import type { Preprocessing } from './preprocessing.ts'
import { toValues } from './to-values.ts'
import { UnreadableImage } from './unreadable-image.ts'

/**
 * What a strip of one pixel by ten thousand would grow to in a model that wants its shortest edge to be of some length is
 * more than any memory holds.
 */
const maxModelPixels = 16_000_000

/** From bytes as they came to numbers as the model wants them. Throws `UnreadableImage`. */
export async function readImage(
  image: ImageToRead,
  preprocessing: Preprocessing,
  limits: DecodeLimits,
): Promise<ReadImage> {
  refuseOtherThanImage(image)
  const whole = await measure(image, limits)
  if (image.bounds) refuseSmall(whole, image.bounds)
  const region = regionOf(image, whole)
  const looked = region ?? { left: 0, top: 0, ...whole }
  const size = resizedTo(preprocessing, looked)
  const resized = size ?? looked
  if (resized.width * resized.height > maxModelPixels)
    throw new UnreadableImage('has a shape that the model cannot read')
  const crop = preprocessing.centerCrop && middleOf(resized, preprocessing.centerCrop)

  const pixels = await decode(image, { region, size, crop, resample: preprocessing.resample }, limits)
  const seen = seenArea(whole, looked, resized, crop ?? undefined)
  if (image.polygon) blackenOutside(pixels, image.polygon, seen)
  return { values: toValues(pixels, preprocessing), width: pixels.width, height: pixels.height, seen }
}

function refuseOtherThanImage({ bytes, raw, bounds }: ImageToRead): void {
  if (bytes.length === 0) throw new UnreadableImage('is empty')
  if (raw) refuseWrongLength(bytes, raw)
  else refuseOtherThan(bounds?.formats ?? readableFormats, bytes)
}

function refuseOtherThan(formats: readonly ImageFormat[], bytes: Uint8Array): void {
  const format = formatOf(bytes)
  if (!format || !formats.includes(format)) throw new UnreadableImage(`is not a ${listOf(formats)} image`)
}

function refuseSmall({ width, height }: Size, { min_width = 1, min_height = 1 }: ImageBounds): void {
  if (width >= min_width && height >= min_height) return
  throw new UnreadableImage(`has ${width} x ${height} pixels; it must have at least ${min_width} x ${min_height}`)
}

function refuseWrongLength({ length }: Uint8Array, { width, height }: Size): void {
  const isSize = [width, height].every((side) => Number.isInteger(side) && side > 0)
  if (isSize && length === width * height * 3) return
  throw new UnreadableImage(`has ${length} bytes, which is not three for each of ${width} x ${height} pixels`)
}
