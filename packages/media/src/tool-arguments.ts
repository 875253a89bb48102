import { readableList } from './containers.ts'

/** One block of memory that either program may ask for: a picture of 8,000 x 4,000 fits many times. */
const maxBlockBytes = 512 * 1024 ** 2
const maxPicturePixels = 100_000_000

/** What every call of either program begins with. */
export const guardedStart = ['-hide_banner', '-max_alloc', String(maxBlockBytes)]

/** The input, and that nothing but this one file is opened, whatever the file says. */
export const guardedInput = (path: string): string[] => [
  ...['-protocol_whitelist', 'file,pipe', '-format_whitelist', readableList],
  ...['-i', `file:${path}`],
]

export interface Decoding {
  readonly path: string
  /** `error`, or `info` for lines that say of which level they are. */
  readonly log: 'error' | 'level+repeat+info'
  /** Options of the input: where to start, and such. */
  readonly input: readonly string[]
  /** The stream that is decoded, and what is done to it. */
  readonly stream: number
  readonly output: readonly string[]
  /** A stream that is gone through at the same time, up to a moment; null: none. */
  readonly beside: { readonly stream: number; readonly untilSec: number } | null
}

/** A call of ffmpeg that decodes one stream to its output. */
export const decodeArguments = ({ path, log, input, stream, output, beside }: Decoding): string[] => [
  ...[...guardedStart, '-nostdin', '-nostats', '-v', log],
  ...[...input, '-max_pixels', String(maxPicturePixels), ...guardedInput(path)],
  ...['-map', `0:${stream}`, ...output, 'pipe:1'],
  ...(beside === null ? [] : goThrough(beside)),
]

const goThrough = ({ stream, untilSec }: { stream: number; untilSec: number }): string[] => [
  ...['-map', `0:${stream}`, '-t', untilSec.toFixed(6), '-c', 'copy', '-f', 'null', '-'],
]
