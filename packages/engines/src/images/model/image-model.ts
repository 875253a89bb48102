import type { ModelThreadOptions } from '../../onnx/messages.ts'
import type { ComputeAnswer, Computed, ComputeRequest, LoadedImageModel } from '../messages.ts'
import { resizedTo } from '../reading/geometry.ts'
import { loadImageModel } from './load-image-model.ts'
import { readersOf } from './readers.ts'
import { runImages } from './run-images.ts'

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
  const { network, said, ...rest } = await loadImageModel(options)
  const { centerCrop } = rest.preprocessing
  const empty = centerCrop ?? resizedTo(rest.preprocessing, { width: 224, height: 224 }) ?? { width: 224, height: 224 }
  const probe = { ...empty, values: new Float32Array(3 * empty.width * empty.height) }
  const outputs = await runImages(network, [probe])
  const { byJob, labels, dimensions } = readersOf(outputs, said)
  if (byJob.size === 0) {
    const found = Object.keys(outputs).join(', ')
    throw new Error(`the model gives neither labels nor vectors of images; its outputs are ${found}`)
  }

  return {
    loaded: {
      ...rest,
      labels,
      dimensions,
      jobs: [...byJob.keys()],
      exclusive: !said.isMultiLabel,
      maxBatchItems: maxBatchItems(rest.device),
    },

    async compute({ images }) {
      const startedAt = performance.now()
      const batch = await runImages(network, images)
      const computed = images.map(({ job }, index): Computed => {
        const read = byJob.get(job)
        if (!read) throw new Error(`the model cannot do ${job}`)
        return read(batch, index)
      })
      return { computed, computingMs: performance.now() - startedAt }
    },

    dispose: () => network.dispose(),
  }
}
