import type { Pixels } from './geometry.ts'
import type { Preprocessing } from './preprocessing.ts'

/** The numbers that go into the model: all of one channel after all of another. */
export function toValues(
  { data, width, height }: Pixels,
  { scale, offset, isBlueFirst }: Preprocessing,
): Float32Array<ArrayBuffer> {
  const pixels = width * height
  const values = new Float32Array(3 * pixels)
  for (const channel of [0, 1, 2] as const) {
    // A byte has 256 values, and there are many more pixels than that.
    const valueOfByte = Float32Array.from({ length: 256 }, (_, byte) => byte * scale[channel] + offset[channel])
    const plane = values.subarray(channel * pixels, (channel + 1) * pixels)
    const source = isBlueFirst ? 2 - channel : channel
    for (let pixel = 0; pixel < pixels; pixel++)
      plane[pixel] = valueOfByte[data[pixel * 3 + source] as number] as number
  }
  return values
}
