import { refuseCutOff, unreadable } from './errors.ts'
import { atScenes, atSteps, frameOutput, type Selection, upTo } from './frame-filters.ts'
import { createFrameLog } from './frame-log.ts'
import { besideOf, type Inspection, inspect, type VideoStream } from './inspect.ts'
import type { ReadSettings } from './read-settings.ts'
import { startTool } from './run-tool.ts'
import { decodeArguments } from './tool-arguments.ts'
import type { Frame, FrameOptions } from './types.ts'

/** Decoding starts so long before what is wanted: where it starts, some pictures may lack those they are made from. */
const leadSec = 10
const microseconds = (seconds: number): number => Math.round(seconds * 1e6)

type Options = FrameOptions & ReadSettings
/** A file that was looked into, and found to have pictures. */
type Opened = Inspection & { readonly path: string; readonly video: VideoStream }

export async function* readFrames(path: string, options: Options): AsyncGenerator<Frame, void> {
  const inspection = await inspect(path, options)
  if (inspection.video === null) throw unreadable('the file has no moving pictures')
  const file = { ...inspection, path, video: inspection.video }
  const { startSec } = options.span
  let count = 0
  for await (const frame of framesWithin(file, options)) {
    if (count === 0 && frame.atSec - startSec >= 1) yield* frameShownAt(startSec, file, options)
    count++
    yield frame
  }
  if (count === 0) yield* frameShownAt(startSec, file, options)
}

async function* framesWithin(file: Opened, options: Options): AsyncGenerator<Frame, void> {
  const { startSec, endSec } = options.span
  // Whole seconds, so that times are rounded the same wherever the reading starts.
  const seekSec = file.container.findsPictures ? Math.max(0, Math.floor(startSec) - leadSec) : 0
  const select = options.at === 'steps' ? atSteps : atScenes
  const seek = microseconds(seekSec)
  const wanted = select(microseconds(startSec) - seek, microseconds(endSec) - seek)
  // What comes before the span is decoded without a word.
  const maxSilenceMs = options.maxSilenceMs + (startSec - seekSec) * 1_000
  const seekArguments = seekSec > 0 ? ['-ss', String(seekSec)] : []
  let isFirst = true
  let reachedSec = startSec
  const log = createFrameLog()
  for await (const { pts, ...frame } of decode(file, seekArguments, wanted, { ...options, maxSilenceMs }, log)) {
    reachedSec = (seek + pts) / 1e6
    yield { ...frame, atSec: reachedSec, ...(isFirst ? { sceneScore: 0 } : {}) }
    isFirst = false
  }
  refuseCutOff(reachedSec, Math.min(endSec, file.video.endSec ?? endSec), log.complaints())
}

/** The picture that stands when a span begins, since none in it comes soon. None: the pictures begin later. */
async function* frameShownAt(atSec: number, file: Opened, options: Options): AsyncGenerator<Frame, void> {
  const seeks = file.container.findsPictures
  const seekArguments = seeks ? ['-noaccurate_seek', '-ss', atSec.toFixed(6)] : []
  const moment = seeks ? 0 : microseconds(atSec)
  let shown: Frame | undefined
  for await (const { pts, ...frame } of decode(file, seekArguments, upTo(moment), options)) {
    shown = { ...frame, atSec, sceneScore: 0 }
  }
  if (shown !== undefined) yield shown
}

type Decoded = Omit<Frame, 'atSec'> & { readonly pts: number }

async function* decode(
  { path, container, video, audio }: Opened,
  seek: readonly string[],
  wanted: Selection,
  { ffmpeg, signal, maxSilenceMs, maxSide, span }: Options,
  log = createFrameLog(),
): AsyncGenerator<Decoded, void> {
  const { size, output } = frameOutput(video, maxSide, wanted)
  const beside = besideOf(audio, !container.findsPictures, span.endSec)
  // The filters turn and scale pictures themselves, and stay the same ones when these change on the way.
  const input = [...seek, '-noautorotate', '-reinit_filter', '0']
  const args = decodeArguments({ path, log: 'level+repeat+info', input, stream: video.index, output, beside })
  await using run = startTool(ffmpeg, args, { signal, maxSilenceMs, onLogLine: log.onLine })
  void run.logEnded.then(log.end)
  const bytesPerFrame = size.width * size.height * 3
  let count = 0
  for (; ; count++) {
    const pixels = await run.read(bytesPerFrame)
    const note = pixels.length === bytesPerFrame ? await log.next() : null
    if (note === null) break
    yield { ...note, ...size, pixels }
  }
  const { isGood, log: lines } = await run.finish()
  if (!isGood && count === 0) throw unreadable('the pictures of this file cannot be read', lines)
}
