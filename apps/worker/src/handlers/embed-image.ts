import { embedImage } from '@inferq/contracts'
import { checkVectors } from '../check-vectors.ts'
import { defineHandler } from '../define-handler.ts'
import { toNumbers } from '../to-numbers.ts'

export const embedImageHandler = defineHandler(
  embedImage,
  async ({ input }, { engines, loadImages, signal, timings }) => {
    const engine = await engines.image(input.model)
    const { embeddings, computingMs } = await engine.embed(await loadImages(input.images, { signal }), { signal })
    timings.computingMs += computingMs
    return { model: engine.model, embeddings: embeddings.map(toNumbers) }
  },
  { checkResult: ({ embeddings }, { images }) => checkVectors(embeddings, images.length, 'image') },
)
