import type { Tensor } from '@huggingface/transformers'

/** What a network put out for a batch, by name. */
export type Outputs = Readonly<Record<string, Tensor>>

/** The numbers of one image out of those of a batch. */
export function rowOf(tensor: Tensor, index: number): Float32Array {
  const data = tensor.type === 'float32' ? tensor.data : tensor.to('float32').data
  const width = tensor.dims.slice(1).reduce((product, size) => product * size, 1)
  if (!(data instanceof Float32Array)) throw new Error('the model puts out something that is not numbers')
  return data.subarray(index * width, (index + 1) * width)
}
