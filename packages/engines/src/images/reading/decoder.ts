import sharp from 'sharp'
import type { ImageToRead } from '../../engine.ts'
import type { PixelRectangle, Pixels, Size } from './geometry.ts'
import { UnreadableImage } from './unreadable-image.ts'

// What uploads are, nobody knows before they are read: of all that the library can open, only these four.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif'].map((format) => `VipsForeignLoad${format}Buffer`),
})
// Images do not come twice, and several are decoded beside each other already.
sharp.cache(false)
sharp.concurrency(1)

export interface DecodeLimits {
  /** More are refused by the header alone, before any is decoded. */
  readonly maxPixels: number
  readonly maxDecodeMs: number
}

export interface DecodePlan {
  /** Cut out first, upright; `null`: the whole image. */
  readonly region: PixelRectangle | null
  /** `null`: as large as it is. */
  readonly size: Size | null
  /** Cut out of what has been resized. */
  readonly crop: PixelRectangle | null
  /** Number of the resampling in `preprocessor_config.json`. */
  readonly resample: number
}

/** By Pillow's numbers, which the files of models use. */
const kernels = ['nearest', 'lanczos3', 'linear', 'cubic'] as const

type Encoded = Pick<ImageToRead, 'bytes' | 'raw'>

function open({ bytes, raw }: Encoded, limitInputPixels: number | false) {
  const options = { limitInputPixels, failOn: 'error' } as const
  if (raw) return sharp(bytes, { ...options, raw: { ...raw, channels: 3 } })
  // One page: of an animation the first frame.
  return sharp(bytes, { ...options, pages: 1 })
}

/** How large an image is once it stands upright, by its header; raw pixels are upright. */
export async function measure(image: Encoded, { maxPixels }: DecodeLimits): Promise<Size> {
  const { width, height } = image.raw ?? (await orUnreadable(open(image, false).metadata())).autoOrient
  if (width * height > maxPixels) {
    const limit = maxPixels / 1e6
    throw new UnreadableImage(`has ${width} x ${height} pixels; at most ${limit} megapixels are read`)
  }
  return { width, height }
}

/** Red, green and blue of every pixel, upright, on white where it is transparent. */
export async function decode(
  encoded: Encoded,
  { region, size, crop, resample }: DecodePlan,
  { maxPixels, maxDecodeMs }: DecodeLimits,
): Promise<Pixels> {
  let image = open(encoded, maxPixels).autoOrient()
  if (region) image = image.extract(region)
  // Resizing is told to the decoder, which then decodes no more of a JPEG or WebP than is needed.
  if (size) image = image.resize({ ...size, fit: 'fill', kernel: kernels[resample] ?? 'linear' })
  if (crop) image = image.extract(crop)
  const decoding = image
    .flatten({ background: 'white' })
    .toColourspace('srgb')
    .timeout({ seconds: Math.ceil(maxDecodeMs / 1_000) })
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  const { data, info } = await orUnreadable(decoding)
  if (info.channels !== 3) throw new Error(`decoded to ${info.channels} channels`)
  return { data, width: info.width, height: info.height }
}

async function orUnreadable<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise
  } catch (cause) {
    const isLate = cause instanceof Error && /timeout/i.test(cause.message)
    throw new UnreadableImage(isLate ? 'takes too long to decode' : 'is cut off or damaged', { cause })
  }
}
