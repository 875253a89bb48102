import { type PreTrainedModel, Tensor } from '@huggingface/transformers'
import type { ModelThreadOptions } from '../../onnx/messages.ts'
import type { ComputeAnswer, Computed, ComputeRequest, ImageJob, LoadedImageModel } from '../messages.ts'
import { resizedTo } from '../reading/geometry.ts'
import { loadImageModel } from './load-image-model.ts'
import { type Outputs, rowOf } from './outputs.ts'
import { regionsOfPeaks, regionsOfQueries } from './regions.ts'
import { sigmoid, softmax } from './scores.ts'

/** Measured: on a CPU one image fills all cores and a batch gains nothing but memory. A GPU wants several at once. */
const maxBatchItems = (device: string) => (device === 'cpu' ? 1 : 8)

export interface ImageModel {
  readonly loaded: LoadedImageModel
  compute(request: ComputeRequest): Promise<ComputeAnswer>
  dispose(): Promise<unknown>
}

/**
 * Loads a model and runs it once on an empty image: to see what it puts out, and so that the first caller does not pay for
 * what a runtime puts off until then.
 */
export async function openImageModel(options: ModelThreadOptions): Promise<ImageModel> {
  const { network, namesById, isMultiLabel, ...rest } = await loadImageModel(options)
  const { centerCrop } = rest.preprocessing
  const empty = centerCrop ?? resizedTo(rest.preprocessing, { width: 224, height: 224 }) ?? { width: 224, height: 224 }
  const probe = { ...empty, values: new Float32Array(3 * empty.width * empty.height) }
  const outputs = await run(network, [probe])
  // With boxes, a network that counts one label more than it has names for means "nothing" by the last.
  const counted = logitsOf(outputs).dims.at(-1) ?? 0
  const hasNothing = outputs.pred_boxes !== undefined && counted > namesById.size
  const readers = readersOf(outputs, { isMultiLabel, hasNothing })
  const jobs = imageJobs.filter((job) => readers[job] !== undefined)
  if (jobs.length === 0) {
    throw new Error(`the model gives no labels of images; its outputs are ${Object.keys(outputs).join(', ')}`)
  }
  const labels = Array.from({ length: counted - (hasNothing ? 1 : 0) }, (_, id) => ({
    id,
    name: namesById.get(id) ?? `${id}`,
  }))

  return {
    loaded: { ...rest, labels, jobs, exclusive: !isMultiLabel, maxBatchItems: maxBatchItems(rest.device) },

    async compute({ images }) {
      const startedAt = performance.now()
      const batch = await run(network, images)
      const computed = images.map(({ job }, index): Computed => {
        const read = readers[job]
        if (!read) throw new Error(`the model cannot do ${job}`)
        return read(batch, index)
      })
      return { computed, computingMs: performance.now() - startedAt }
    },

    dispose: () => network.dispose(),
  }
}

const imageJobs = ['classify.image', 'detect.image'] as const satisfies ImageJob[]
type Readers = Partial<Record<ImageJob, (outputs: Outputs, index: number) => Computed>>

/** How what is asked for is read from what this model puts out. */
function readersOf(
  outputs: Outputs,
  { isMultiLabel, hasNothing }: Record<'isMultiLabel' | 'hasNothing', boolean>,
): Readers {
  const { logits, pred_boxes, peak_boxes } = outputs
  const toScores = isMultiLabel ? sigmoid : softmax
  const regionsOf = pred_boxes ? regionsOfQueries(hasNothing) : peak_boxes ? regionsOfPeaks : undefined
  return {
    ...(logits?.dims.length === 2 && {
      'classify.image': (batch, index) => ({ job: 'classify.image', scores: toScores(rowOf(logitsOf(batch), index)) }),
    }),
    ...(regionsOf && {
      'detect.image': (batch, index) => ({ job: 'detect.image', regions: regionsOf(batch, index) }),
    }),
  }
}

function logitsOf({ logits }: Outputs): Tensor {
  if (!logits) throw new Error('the model gives no logits')
  return logits
}

type Images = readonly Pick<ComputeRequest['images'][number], 'values' | 'width' | 'height'>[]

async function run(network: PreTrainedModel, images: Images): Promise<Outputs> {
  const [first] = images
  if (!first) throw new Error('no images')
  const values = images.length === 1 ? first.values : joined(images)
  const pixels = new Tensor('float32', values, [images.length, 3, first.height, first.width])
  return network(
    asksForMask(network) ? { pixel_values: pixels, pixel_mask: maskOf(images.length) } : { pixel_values: pixels },
  )
}

function joined(images: Images): Float32Array<ArrayBuffer> {
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
