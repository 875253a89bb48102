import type { Media, Span } from '@inferq/media'
import type { Findings } from './findings.ts'

/** One reading of a medium from the beginning of its window to the end. */
export interface Pass {
  readonly media: Media
  readonly path: string
  readonly window: Span
  readonly findings: Findings
  /** Of every vector. */
  readonly dimensions: number
  readonly signal: AbortSignal
  readonly timings: { computingMs: number }
  /** To be called for all that is done, in the order of time; `clip` is the number of the one that it belongs to. */
  readonly reached: (atSec: number, clip: number) => void
  /** To be called when there are more findings. */
  readonly found: () => void
}
