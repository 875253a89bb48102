import { JobError } from '@inferq/contracts'

/** What an engine answered, if every vector has the length that the model declares; else throws RESULT_INVALID. */
export function checkedVectors(vectors: readonly Float32Array[], dimensions: number): readonly Float32Array[] {
  const wrong = vectors.find(({ length }) => length !== dimensions)
  if (!wrong) return vectors
  throw new JobError('RESULT_INVALID', `the model gave a vector of ${wrong.length} numbers instead of ${dimensions}`)
}
