import { defineJob } from './define-job.ts'
import { filesOfImages, Hypothesis, RecognitionInput, recognitionResult } from './recognise.ts'

/** Images to labels with scores. */
export const classifyImage = defineJob({
  name: 'classify.image',
  summary: 'Label 1 to 64 images: for each the labels whose score reaches their threshold, highest first.',
  input: RecognitionInput,
  result: recognitionResult(Hypothesis),
  attempts: 3,
  attemptTimeoutMs: 120_000,
  modelOf: (input) => input.model,
  filesOf: filesOfImages,
})
