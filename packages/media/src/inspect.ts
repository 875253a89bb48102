import { z } from 'zod'
import { type Container, containerOf } from './containers.ts'
import { unreadable } from './errors.ts'
import type { ReadSettings } from './read-settings.ts'
import { startTool } from './run-tool.ts'
import { guardedInput, guardedStart } from './tool-arguments.ts'

/** Facts that ffprobe finds in the head of a file. */
export interface Inspection {
  readonly container: Container
  /** As the file says, or as ffprobe guesses. */
  readonly durationSec: number | null
  readonly video: VideoStream | null
  readonly audio: AudioStream | null
}

/**
 * The stream to go through beside the one that is decoded, where the reading starts with the file: of some kinds of files,
 * ffmpeg counts time from the first packet of the streams that it is asked for.
 */
export const besideOf = (stream: VideoStream | AudioStream | null, isFromStart: boolean, untilSec: number) =>
  stream !== null && isFromStart ? { stream: stream.index, untilSec } : null

export interface VideoStream {
  readonly index: number
  /** As it is shown, before it is turned. */
  readonly width: number
  readonly height: number
  readonly clockwise: 0 | 90 | 180 | 270
  /** When its last picture is gone, as the file says; null: it does not. */
  readonly endSec: number | null
}

export interface AudioStream {
  readonly index: number
  readonly sampleRate: number
  readonly channels: number
  /** When its first sample is heard, seconds from the start of the medium. */
  readonly startSec: number
  /** When its last one is over, as the file says; null: it does not. */
  readonly endSec: number | null
}

const NumberText = z.coerce.number().optional().catch(undefined)

const Stream = z.object({
  index: z.int(),
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  width: z.int().optional(),
  height: z.int().optional(),
  sample_aspect_ratio: z.string().optional(),
  sample_rate: NumberText,
  channels: z.int().optional(),
  start_time: NumberText,
  duration: NumberText,
  disposition: z.object({ attached_pic: z.int() }).partial().optional(),
  tags: z.object({ rotate: NumberText }).optional(),
  side_data_list: z.array(z.object({ rotation: NumberText })).optional(),
})
type Stream = z.infer<typeof Stream>

const Answer = z.object({
  streams: z.array(Stream).default([]),
  format: z.object({ format_name: z.string(), start_time: NumberText, duration: NumberText }),
})

const entries = [
  'format=format_name,start_time,duration',
  'stream=index,codec_type,codec_name,width,height,sample_aspect_ratio,sample_rate,channels,start_time,duration',
  'stream_disposition=attached_pic',
  'stream_tags=rotate',
  'stream_side_data=rotation',
].join(':')

/** More than any file needs: one with thousands of streams is refused. */
const maxAnswerBytes = 1024 ** 2

export async function inspect(path: string, { ffprobe, ...limits }: ReadSettings): Promise<Inspection> {
  const args = [...guardedStart, '-v', 'error', '-show_entries', entries, '-of', 'json', ...guardedInput(path)]
  await using run = startTool(ffprobe, args, limits)
  const bytes = await run.read(maxAnswerBytes)
  if (bytes.length === maxAnswerBytes) throw unreadable('the file has too many streams')
  const { isGood, log } = await run.finish()
  if (!isGood) throw unreadable('this is no audio or video file that can be read, or it is broken', log)
  const { streams, format } = Answer.parse(JSON.parse(Buffer.from(bytes).toString()))
  const video = streams.find(isVideo)
  const audio = streams.find(isAudio)
  if (video === undefined && audio === undefined) {
    throw unreadable('the file has neither moving pictures nor sound that can be read', log)
  }
  const start = format.start_time ?? 0
  return {
    container: containerOf(format.format_name),
    durationSec: durationOf([video, audio], start) ?? format.duration ?? null,
    video: video === undefined ? null : videoStream(video, start),
    audio: audio === undefined ? null : audioStream(audio, start),
  }
}

const isVideo = ({ codec_type, codec_name, width, height, disposition }: Stream): boolean =>
  codec_type === 'video' && codec_name !== undefined && Boolean(width && height) && disposition?.attached_pic !== 1

const isAudio = ({ codec_type, codec_name, sample_rate, channels }: Stream): boolean =>
  codec_type === 'audio' && codec_name !== undefined && Boolean(sample_rate && channels)

/** When the last of these streams ends; null: one of them does not say. */
function durationOf(streams: readonly (Stream | undefined)[], start: number): number | null {
  const ends = streams.filter((stream) => stream !== undefined).map((stream) => endOf(stream, start))
  return ends.includes(null) ? null : Math.max(...ends.map(Number))
}

const endOf = ({ start_time, duration }: Stream, start: number): number | null =>
  duration === undefined ? null : (start_time ?? start) + duration - start

function videoStream(stream: Stream, start: number): VideoStream {
  const { index, width = 0, height = 0, sample_aspect_ratio = '' } = stream
  const [above = 0, below = 0] = sample_aspect_ratio.split(':').map(Number)
  const pixelAspect = above > 0 && below > 0 ? above / below : 1
  return {
    ...{ index, width: Math.max(1, Math.round(width * pixelAspect)), height },
    clockwise: clockwiseOf(stream),
    endSec: endOf(stream, start),
  }
}

function clockwiseOf({ tags, side_data_list }: Stream): VideoStream['clockwise'] {
  const counter = side_data_list?.find(({ rotation }) => rotation !== undefined)?.rotation
  const degrees = counter === undefined ? (tags?.rotate ?? 0) : -counter
  const quarters = ((Math.round(degrees / 90) % 4) + 4) % 4
  return ([0, 90, 180, 270] as const)[quarters] ?? 0
}

function audioStream(stream: Stream, start: number): AudioStream {
  const { index, sample_rate = 0, channels = 0, start_time = start } = stream
  const startSec = Math.max(0, start_time - start)
  return { index, sampleRate: sample_rate, channels, startSec, endSec: endOf(stream, start) }
}
