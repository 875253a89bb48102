import { type PreTrainedModel, Tensor } from '@huggingface/transformers'
import type { ComputeRequest } from '../messages.ts'
import type { Outputs } from './outputs.ts'

type Images = readonly Pick<ComputeRequest['images'][number], 'values' | 'width' | 'height'>[]

/** One run of a network over images of one size. Blocks its thread. */
export async function runImages(network: PreTrainedModel, images: Images): Promise<Outputs> {
  const [first] = images
  if (!first) throw new Error('no images')
  const values = images.length === 1 ? first.values : joined(images)
  const pixels = new Tensor('float32', values, [images.length, 3, first.height, first.width])
  return network(
    asksForMask(network) ? { pixel_values: pixels, pixel_mask: maskOf(images.length) } : { pixel_values: pixels },
  )
}

function joined(images: Images): Float32Array {
  const values = new Float32Array(images.reduce((length, image) => length + image.values.length, 0))
  let start = 0
  for (const image of images) {
    values.set(image.values, start)
    start += image.values.length
  }
  return values
}

/** DETRs want to be told where an image is not padding; here it never is. */
const asksForMask = ({ sessions }: PreTrainedModel) => sessions.model?.inputNames?.includes('pixel_mask') === true
const maskOf = (images: number) => new Tensor('int64', new BigInt64Array(images * 64 * 64).fill(1n), [images, 64, 64])
