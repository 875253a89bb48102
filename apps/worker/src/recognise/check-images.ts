import { JobError, type RecognitionInput } from '@inferq/contracts'
import type { Split } from './split.ts'

/**
 * That there is an answer for every image. The schema of the result would look at each of up to 100 labels of 64 images
 * again; they were made of numbers that were looked at on the way.
 */
export function checkImages(
  { images: answers }: { images: readonly Split<unknown>[] },
  { images }: Pick<RecognitionInput, 'images'>,
): void {
  if (answers.length === images.length) return
  throw new JobError('RESULT_INVALID', `the model gave answers for ${answers.length} of ${images.length} images`)
}
