/** A picture of a video. */
export interface Frame {
  /** When it is shown, seconds from the start of the medium. */
  readonly atSec: number
  /** How much it differs from the picture before it in the video, 0 to 1. Of the first one of a read, and of `steps`: 0. */
  readonly sceneScore: number
  readonly width: number
  readonly height: number
  /** Row by row, three bytes each: red, green, blue. */
  readonly pixels: Uint8Array
}

export interface MediaFacts {
  /** Of the longest stream that was looked for; seconds from the start of the medium. */
  readonly durationSec: number
  /** As it is shown, turned as the file says; null: there are no moving pictures (the cover of a song is none). */
  readonly video: { readonly width: number; readonly height: number } | null
  /** Null: there is no sound. */
  readonly audio: { readonly sampleRate: number; readonly channels: number } | null
}

/** Seconds from the start of the medium; the end is not part of it. */
export interface Span {
  readonly startSec: number
  readonly endSec: number
}

export interface FrameOptions {
  readonly span: Span
  /**
   * Which pictures are read. `steps`: the first one at or after each whole second of the span. `scenes`: the first one,
   * each at which a new scene begins, and then one for each second that has gone by since the last one read. With both:
   * when none comes in the first second, the one that stands when the span begins is read as if it came there.
   */
  readonly at: 'steps' | 'scenes'
  /** The longer side is made this long, if it is longer. */
  readonly maxSide: number
  readonly signal: AbortSignal
}

export interface SoundOptions {
  readonly span: Span
  readonly sampleRate: number
  readonly signal: AbortSignal
}

/**
 * Reads media files on this machine by ffmpeg and ffprobe, each call a process that is bounded in time and memory and dies
 * with its signal. All fails with a `JobError`: INPUT_UNREADABLE for what cannot be read, ENGINE_UNAVAILABLE when these
 * programs are not here. In bounded memory, however long the medium is: pictures and sound come as fast as they are taken.
 */
export interface Media {
  probe(path: string, options: { signal: AbortSignal }): Promise<MediaFacts>
  /** In the order of time. None for a span that ends before the pictures begin. */
  frames(path: string, options: FrameOptions): AsyncGenerator<Frame, void>
  /**
   * One channel, samples from -1 to 1, in pieces of at most a second that follow each other without a gap, from the start of
   * the span to its end or, where the sound ends earlier, to there.
   */
  sound(path: string, options: SoundOptions): AsyncGenerator<Float32Array, void>
}
