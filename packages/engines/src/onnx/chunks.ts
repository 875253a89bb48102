import type { BatchLimits } from './settings.ts'

/**
 * How many texts, from `start` on, go into the next run of the model. `lengths` are token counts, longest first: every
 * text of a run is padded to the longest, so a run ends where padding would cost more than another run.
 */
export function nextChunkSize(lengths: readonly number[], start: number, limits: BatchLimits): number {
  const longest = lengths[start] ?? 0
  let size = 1
  let padding = 0
  while (start + size < lengths.length && size < limits.maxBatchItems) {
    padding += longest - (lengths[start + size] as number)
    if (padding > limits.maxPaddingTokens || (size + 1) * longest > limits.maxBatchTokens) break
    size++
  }
  return size
}
