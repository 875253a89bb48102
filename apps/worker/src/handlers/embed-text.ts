import { embedText } from '@inferq/contracts'
import { checkVectors } from '../check-vectors.ts'
import { defineHandler } from '../define-handler.ts'
import { toNumbers } from '../to-numbers.ts'

export const embedTextHandler = defineHandler(
  embedText,
  async ({ input }, { engines, signal, timings }) => {
    const engine = await engines.text(input.model)
    const { embeddings, computingMs } = await engine.embed(input.texts, { signal })
    timings.computingMs += computingMs
    return { model: engine.model, embeddings: embeddings.map(toNumbers) }
  },
  { checkResult: ({ embeddings }, { texts }) => checkVectors(embeddings, texts.length, 'text') },
)
