import { normalise } from '../../vectors.ts'
import { type Outputs, rowOf } from './outputs.ts'

export interface ImageVectors {
  readonly dimensions: number
  /** Of one image of a batch; its length is 1. */
  of(batch: Outputs, index: number): Float32Array<ArrayBuffer>
}

const usualOutputs = ['image_embeds', 'pooler_output']

/** Networks that see an image as a row of tokens, of which the first stands for all of it. */
const firstTokenIsWhole = new Set<unknown>(['vit', 'deit', 'dinov2', 'dinov2_with_registers', 'dinov3_vit'])

/** Which of a network's outputs are vectors of images; undefined: none. `named`: the only ones that come into question. */
export function vectorsIn(outputs: Outputs, modelType: unknown, named?: readonly string[]): ImageVectors | undefined {
  const pooled = (named ?? usualOutputs).flatMap((name) => {
    const [, width, ...rest] = outputs[name]?.dims ?? []
    // Networks of convolutions say [images, width, 1, 1].
    return width !== undefined && rest.every((size) => size === 1) ? [vectorsOf(name, width)] : []
  })
  return pooled[0] ?? (named ? undefined : firstTokens(outputs, modelType))
}

function firstTokens({ last_hidden_state: tokens }: Outputs, modelType: unknown): ImageVectors | undefined {
  const width = tokens?.dims[2]
  if (tokens?.dims.length !== 3 || width === undefined || !firstTokenIsWhole.has(modelType)) return undefined
  return vectorsOf('last_hidden_state', width)
}

const vectorsOf = (output: string, dimensions: number): ImageVectors => ({
  dimensions,
  of(batch, index) {
    const tensor = batch[output]
    if (!tensor) throw new Error(`the model gives no ${output}`)
    return normalise(Float32Array.from(rowOf(tensor, index).subarray(0, dimensions)))
  },
})
