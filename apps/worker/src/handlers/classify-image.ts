import { classifyImage } from '@inferq/contracts'
import { defineHandler } from '../define-handler.ts'
import { checkImages } from '../recognise/check-images.ts'
import { hypothesesOf } from '../recognise/hypotheses.ts'
import { labelsFor } from '../recognise/labels.ts'
import { split } from '../recognise/split.ts'

export const classifyImageHandler = defineHandler(
  classifyImage,
  async ({ input }, { engines, loadImages, signal, timings }) => {
    const engine = await engines.image(input.model)
    const labels = [...labelsFor(engine, classifyImage.name, input).values()]
    const { scores, computingMs } = await engine.classify(await loadImages(input.images, { signal }), { signal })
    timings.computingMs += computingMs
    return { model: engine.model, images: scores.map((ofImage) => split(hypothesesOf(ofImage, labels), input)) }
  },
  { checkResult: checkImages },
)
