export interface Transcribed {
  /** In the order of the sounds. */
  readonly texts: readonly string[]
  readonly computingMs: number
}
