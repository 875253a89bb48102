import { png, type Rgb } from '@inferq/testkit'

export const colors = {
  red: [255, 0, 0],
  green: [0, 255, 0],
  blue: [0, 0, 255],
  /** As much of each. */
  grey: [128, 128, 128],
  /** More red than green than blue, and not by much. */
  dusk: [150, 140, 100],
} as const satisfies Record<string, Rgb>
export type Color = keyof typeof colors

export const labels = ['red', 'green', 'blue'] as const

/** A picture of one color. */
export const plain = (color: Color): Buffer => png(32, 32, () => colors[color])

/** The left half of one color, the right half of another. */
export const halves = (left: Color, right: Color): Buffer => png(64, 32, (x) => colors[x < 32 ? left : right])

/** Too many bytes for a job to carry: nothing in it can be compressed. */
export function noisy(): Buffer {
  let seed = 1
  const noise = () => {
    seed = (seed * 48_271) % 0x7fffffff
    return seed % 64
  }
  return png(256, 256, () => [191 + noise(), noise(), noise()])
}

/** Something that looks like a stop sign to a model of everyday things: its middle is at 0.3 and 0.4 of the picture. */
export const stopSign = (): Buffer =>
  png(512, 512, (x, y) => {
    const [right, down] = [x - 154, y - 205]
    if (Math.hypot(right, down) > 120) return Math.abs(right) < 10 && down > 0 ? [110, 110, 110] : [190, 215, 240]
    return Math.abs(down) < 20 && Math.abs(right) < 84 ? [245, 245, 245] : [200, 20, 30]
  })

/** How sure the tiny model is of red, green and blue in a picture of one color. */
export function scoresOf(color: Color): readonly number[] {
  const powers = colors[color].map((value) => Math.exp((12 * value) / 255))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}

export const dataUri = (image: Uint8Array, format = 'png'): string =>
  `data:image/${format};base64,${Buffer.from(image).toString('base64')}`
