import type { MediaTools } from './tools.ts'

/** What each way of reading a file is given beside its own options. */
export interface ReadSettings extends MediaTools {
  readonly signal: AbortSignal
  /** A program that writes nothing for so long while it is waited for is killed. */
  readonly maxSilenceMs: number
}
