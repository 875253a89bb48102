import { png, pngHead } from '@inferq/testkit'
import sharp from 'sharp'
import { type Color, colors, halves } from './pictures.ts'

const canvas = (color: Color, width = 64, height = 64) => {
  const [r, g, b] = colors[color]
  return sharp({ create: { width, height, channels: 3, background: { r, g, b } } })
}

export const jpeg = (color: Color): Promise<Buffer> => canvas(color).jpeg().toBuffer()
export const webp = (color: Color): Promise<Buffer> => canvas(color).webp().toBuffer()

/** As printers and some cameras make them: four channels. */
export const cmykJpeg = (color: Color): Promise<Buffer> => canvas(color).toColourspace('cmyk').jpeg().toBuffer()

/** Taken with the camera on its head: what is stored left is seen right. */
export const turnedJpeg = (left: Color, right: Color): Promise<Buffer> =>
  sharp(halves(left, right)).withMetadata({ orientation: 3 }).jpeg().toBuffer()

/** Two frames. */
export async function animated(format: 'gif' | 'webp', first: Color, second: Color): Promise<Buffer> {
  const size = 32
  const pixels = Buffer.from(
    [first, second].flatMap((color) =>
      Array(size * size)
        .fill(colors[color])
        .flat(),
    ),
  )
  const raw = { width: size, height: 2 * size, channels: 3, pageHeight: size } as const
  return sharp(pixels, { raw }).toFormat(format).toBuffer()
}

/** What is not, or not quite, or not any more an image. */
export async function badImages(): Promise<Readonly<Record<string, Buffer>>> {
  const whole = await jpeg('red')
  const afterHead = png(1, 1, () => colors.red).subarray(pngHead(1, 1).length)
  const noise = await sharp({
    create: {
      width: 400,
      height: 400,
      channels: 3,
      background: '#000',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })
    .jpeg()
    .toBuffer()
  return {
    'a text': Buffer.from('this is no image'),
    'an archive': Buffer.from('PK\x03\x04'.padEnd(400, '\0'), 'latin1'),
    'a drawing with a link to a file': Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="/etc/passwd"/></svg>',
    ),
    'a JPEG that was cut off': noise.subarray(0, noise.length / 2),
    'the first bytes of a JPEG': whole.subarray(0, 20),
    'a PNG that says it is 50,000 x 50,000': Buffer.concat([pngHead(50_000, 50_000), afterHead]),
  }
}
