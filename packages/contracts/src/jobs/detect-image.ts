import { defineJob } from './define-job.ts'
import { BoxedHypothesis, filesOfImages, RecognitionInput, recognitionResult } from './recognise.ts'

/** Images to boxes with labels and scores. */
export const detectImage = defineJob({
  name: 'detect.image',
  summary:
    'Find things in 1 to 64 images: for each the boxes, labels and scores that reach their threshold, highest first.',
  input: RecognitionInput,
  result: recognitionResult(BoxedHypothesis),
  attempts: 3,
  attemptTimeoutMs: 120_000,
  modelOf: (input) => input.model,
  filesOf: filesOfImages,
})
