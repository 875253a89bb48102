import { refuseCutOff, unreadable } from './errors.ts'
import { type AudioStream, besideOf, type Inspection, inspect } from './inspect.ts'
import type { ReadSettings } from './read-settings.ts'
import { startTool } from './run-tool.ts'
import { decodeArguments } from './tool-arguments.ts'
import type { SoundOptions } from './types.ts'

/** Decoding starts this long before what is wanted: the first sound after a jump is not yet right. */
const leadSec = 1

type Options = SoundOptions & ReadSettings
/** A file that was looked into, and found to have sound. */
type Opened = Inspection & { readonly path: string; readonly audio: AudioStream }

export async function* readSound(path: string, options: Options): AsyncGenerator<Float32Array, void> {
  const inspection = await inspect(path, options)
  const { audio, container } = inspection
  if (audio === null) throw unreadable('the file has no sound')
  const { span, sampleRate } = options
  // Whole seconds, where a sample of the file and one of ours are heard at the same moment at any rate.
  const seekSec = container.findsSound ? Math.max(0, Math.floor(span.startSec) - leadSec) : 0
  const samplesTo = (seconds: number) => Math.round((seconds - seekSec) * sampleRate)
  const pieces = decode({ ...inspection, path, audio }, seekSec, options)
  yield* cut(pieces, samplesTo(span.startSec), samplesTo(span.endSec))
}

/** Samples from a moment on, in pieces of a second; silence until the sound of the file begins. */
async function* decode(
  { path, container, video, audio }: Opened,
  seekSec: number,
  { ffmpeg, signal, maxSilenceMs, sampleRate, span }: Options,
): AsyncGenerator<Float32Array, void> {
  const filters = [
    // Where the file leaves a gap there is silence, and all channels are heard alike.
    'aresample=async=1:min_comp=0:rematrix_maxval=1',
    'aformat=sample_fmts=flt:channel_layouts=mono',
    `aresample=${sampleRate}`,
  ]
  const args = decodeArguments({
    path,
    log: 'error',
    input: seekSec > 0 ? ['-ss', String(seekSec)] : [],
    stream: audio.index,
    output: ['-filter:a', filters.join(','), '-f', 'f32le', '-c:a', 'pcm_f32le'],
    beside: besideOf(video, !container.findsSound, span.endSec),
  })
  await using run = startTool(ffmpeg, args, { signal, maxSilenceMs })
  let silent = Math.round(Math.max(0, audio.startSec - seekSec) * sampleRate)
  for (; silent > 0; silent -= sampleRate) yield new Float32Array(Math.min(silent, sampleRate))
  let count = 0
  for (;;) {
    const bytes = await run.read(sampleRate * Float32Array.BYTES_PER_ELEMENT)
    const samples = new Float32Array(bytes.buffer, 0, Math.floor(bytes.length / Float32Array.BYTES_PER_ELEMENT))
    if (samples.length > 0) yield samples
    count += samples.length
    if (samples.length < sampleRate) break
  }
  const { isGood, log } = await run.finish()
  if (!isGood && count === 0) throw unreadable('the sound of this file cannot be read', log)
  const reachedSec = Math.max(seekSec, audio.startSec) + count / sampleRate
  refuseCutOff(reachedSec, Math.min(span.endSec, audio.endSec ?? span.endSec), log)
}

/** The samples from one place up to another, of pieces that follow each other. */
async function* cut(pieces: AsyncIterable<Float32Array>, from: number, to: number): AsyncGenerator<Float32Array, void> {
  let at = 0
  for await (const piece of pieces) {
    const part = piece.subarray(Math.max(0, from - at), Math.max(0, to - at))
    if (part.length > 0) yield part
    at += piece.length
    if (at >= to) return
  }
}
