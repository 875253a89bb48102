import type { ImageToRead } from '../../engine.ts'
import type { ReadImage } from '../messages.ts'
import { type DecodeLimits, decode, measure } from './decoder.ts'
import { isOfKnownFormat } from './formats.ts'
import { middleOf, regionOf, resizedTo, seenArea } from './geometry.ts'
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
  const { bytes, polygon } = image
  if (bytes.length === 0) throw new UnreadableImage('is empty')
  if (!isOfKnownFormat(bytes)) throw new UnreadableImage('is not a JPEG, PNG, WebP or GIF image')
  const whole = await measure(bytes, limits)
  const region = regionOf(image, whole)
  const looked = region ?? { left: 0, top: 0, ...whole }
  const size = resizedTo(preprocessing, looked)
  const resized = size ?? looked
  if (resized.width * resized.height > maxModelPixels)
    throw new UnreadableImage('has a shape that the model cannot read')
  const crop = preprocessing.centerCrop && middleOf(resized, preprocessing.centerCrop)

  const pixels = await decode(bytes, { region, size, crop, resample: preprocessing.resample }, limits)
  const seen = seenArea(whole, looked, resized, crop ?? undefined)
  if (polygon) blackenOutside(pixels, polygon, seen)
  return { values: toValues(pixels, preprocessing), width: pixels.width, height: pixels.height, seen }
}
