import { crc32 } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'
import type { ImageToRead } from '../engine.ts'

export type Colour = readonly [red: number, green: number, blue: number]
export const red: Colour = [255, 0, 0]
export const green: Colour = [0, 255, 0]
export const blue: Colour = [0, 0, 255]

/** An image to be encoded, each pixel as the function says. */
export function draw(width: number, height: number, colourAt: (x: number, y: number) => Colour): Sharp {
  const pixels = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) pixels.set(colourAt(x, y), (y * width + x) * 3)
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}

export const plain = (colour: Colour, width = 40, height = 30): Sharp => draw(width, height, () => colour)

/** Its pixels as they are, in no format. */
export async function rawOf(image: Sharp): Promise<ImageToRead> {
  const { data, info } = await image.clone().raw().toBuffer({ resolveWithObject: true })
  return { bytes: data, raw: { width: info.width, height: info.height } }
}

/** Red, green, blue and black in its quarters, row by row. */
export const quarters = (width = 80, height = 40): Sharp =>
  draw(width, height, (x, y) => {
    if (y < height / 2) return x < width / 2 ? red : green
    return x < width / 2 ? blue : [0, 0, 0]
  })

/** An octagon in red with a white rim before a blue sky. */
export function stopSign(width: number, height: number, middle: { x: number; y: number }, radius: number): Sharp {
  return draw(width, height, (x, y) => {
    const [dx, dy] = [Math.abs(x - middle.x), Math.abs(y - middle.y)]
    const distance = Math.max(dx, dy, (dx + dy) / Math.SQRT2)
    if (distance > radius) return [138, 180, 216]
    return distance > radius * 0.93 ? [255, 255, 255] : [204, 0, 0]
  })
}

/** A PNG whose header says that it has so many pixels, and that has none. */
export function pngHeader(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2], 8) // eight bits of each of three colours
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  checksum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, checksum])
}
