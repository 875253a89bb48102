import { detectImage } from '@inferq/contracts'
import { defineHandler } from '../define-handler.ts'
import { checkImages } from '../recognise/check-images.ts'
import { boxedHypothesesOf } from '../recognise/hypotheses.ts'
import { labelsFor } from '../recognise/labels.ts'
import { split } from '../recognise/split.ts'

export const detectImageHandler = defineHandler(
  detectImage,
  async ({ input }, { engines, loadImages, signal, timings }) => {
    const engine = await engines.image(input.model)
    const labels = labelsFor(engine, detectImage.name, input)
    const { regions, computingMs } = await engine.detect(await loadImages(input.images, { signal }), { signal })
    timings.computingMs += computingMs
    return { model: engine.model, images: regions.map((ofImage) => split(boxedHypothesesOf(ofImage, labels), input)) }
  },
  { checkResult: checkImages },
)
