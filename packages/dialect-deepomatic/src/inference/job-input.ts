import type { ImageInput, RecognitionInput } from '@inferq/contracts'
import type { Target } from '../recognition/resolve-target.ts'
import type { ImageKeeper } from './image-keeper.ts'
import type { InferenceRequest } from './request.ts'

/** What is asked for as one job's input: its images in order, each kept by now. */
export async function jobInput(
  { inputs, show_discarded, max_predictions }: InferenceRequest,
  { job: _job, ...how }: Target,
  keeper: ImageKeeper,
): Promise<RecognitionInput> {
  const images: ImageInput[] = []
  for (const [place, { image }] of inputs.entries()) {
    const { source, bbox, polygon } = image
    images.push({
      source: 'bytes' in source ? await keeper.keep(place, [source.bytes]) : source.source,
      ...(bbox ? { bbox } : {}),
      ...(polygon ? { polygon } : {}),
    })
  }
  return { images, ...how, show_discarded, max_predictions }
}
