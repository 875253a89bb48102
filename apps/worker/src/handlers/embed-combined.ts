import { embedCombined, JobError } from '@inferq/contracts'
import type { z } from 'zod'
import { defineHandler, type HandlerContext } from '../define-handler.ts'
import { MeanVector } from '../embed-media/mean-vector.ts'
import { toNumbers } from '../to-numbers.ts'

type Input = z.output<typeof embedCombined.input>

export const embedCombinedHandler = defineHandler(embedCombined, async ({ input }, context) => {
  // Not the first model for texts and the first for images: those have nothing to do with each other.
  const model = input.model ?? context.engines.media().name
  const vectors = (await Promise.all([textVectors(model, input, context), imageVectors(model, input, context)])).flat()
  const [first] = vectors
  if (vectors.some(({ length }) => length !== first?.length)) {
    const reason = `the vectors of texts and of images of the model "${model}" have different lengths`
    throw new JobError('ENGINE_REFUSED', `${reason}; ask for a model that has both in one space`)
  }
  const mean = new MeanVector()
  for (const vector of vectors) mean.add(vector)
  const combined = mean.result()
  if (!combined) throw new JobError('RESULT_INVALID', 'the model gave no vector')
  return { model, embedding: toNumbers(combined) }
})

async function textVectors(model: string, { text }: Input, { engines, signal, timings }: HandlerContext) {
  if (!text?.trim()) return []
  const engine = await engines.text(model)
  const { embeddings, computingMs } = await engine.embed([text], { signal })
  timings.computingMs += computingMs
  return embeddings
}

async function imageVectors(
  model: string,
  { images }: Input,
  { engines, loadImages, signal, timings }: HandlerContext,
) {
  if (images.length === 0) return []
  const engine = await engines.image(model)
  const { embeddings, computingMs } = await engine.embed(await loadImages(images, { signal }), { signal })
  timings.computingMs += computingMs
  return embeddings
}
