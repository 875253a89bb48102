import { JobError } from '@inferq/contracts'

/**
 * That there is one vector for each of so many things. The schema of the result would look at each number by itself: for
 * 256 vectors of 512 that took 6 ms of the event loop (measured; writing them as JSON takes 22). `toNumbers` has looked at
 * them on its way, so this is left with counts.
 */
export function checkVectors(embeddings: readonly (readonly number[])[], count: number, what: string): void {
  const dimensions = embeddings[0]?.length
  if (embeddings.length === count && embeddings.every(({ length }) => length === dimensions)) return
  throw new JobError('RESULT_INVALID', `the model did not give one vector per ${what}, all of one length`)
}
