import { execFile } from 'node:child_process'
import { extname } from 'node:path'
import { promisify } from 'node:util'
import { pictureGraph, type Scenes } from './clips-pictures.ts'
import { type Sounds, soundGraph } from './clips-sounds.ts'
import { turnPictures } from './clips-turned.ts'

/** What a test clip holds. Its container and codecs follow from the extension of its path. */
export interface ClipSpec {
  /** Absent: sound alone. */
  readonly video?: Scenes
  /** Absent: no sound. It may be longer or shorter than the pictures. */
  readonly audio?: Sounds
  /** How far players turn the pictures clockwise; mp4 only. */
  readonly turned?: 90 | 180 | 270
  /** A picture that goes with the song; mp3 only. */
  readonly cover?: boolean
}

const run = promisify(execFile)

const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2', '-crf', '18', '-pix_fmt', 'yuv420p']
const aac = ['-c:a', 'aac', '-b:a', '96k']

/** How each kind of file is written. */
const writers: Readonly<Record<string, readonly string[]>> = {
  '.mp4': [...x264, ...aac, '-movflags', '+faststart'],
  '.mov': [...x264, ...aac],
  '.m4a': aac,
  // Sound without loss, so that what comes out can be compared with what went in.
  '.mkv': [...x264, '-c:a', 'flac'],
  // Without sound: the encoders of it fail in old versions when the sound is made of parts.
  '.webm': ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '500k'],
  '.avi': ['-c:v', 'mpeg4', '-q:v', '3', '-c:a', 'pcm_s16le'],
  '.ts': [...x264, ...aac, '-f', 'mpegts'],
  '.wav': ['-c:a', 'pcm_s16le'],
  '.flac': ['-c:a', 'flac'],
  '.mp3': ['-c:a', 'libmp3lame', '-b:a', '96k'],
  '.aac': aac,
}

/**
 * Makes a file by the ffmpeg at this path, and gives back the path of the file:
 * `await makeClip(ffmpeg, join(dir, 'a.mp4'), { video: { scenes: [{ look: 'red', seconds: 3 }] } })`.
 */
export async function makeClip(
  ffmpeg: string,
  path: string,
  { video, audio, turned, cover }: ClipSpec,
): Promise<string> {
  const writer = writers[extname(path)]
  if (writer === undefined) throw new Error(`no clip can be written as ${extname(path)}`)
  const graph = [video && pictureGraph(video), audio && soundGraph(audio)].filter((part) => part !== undefined)
  await run(ffmpeg, [
    ...['-v', 'error', '-nostdin', '-y', '-threads', '1'],
    ...(cover ? ['-f', 'lavfi', '-i', 'color=c=blue:s=64x64:d=1'] : []),
    ...['-filter_complex', graph.join(';')],
    ...(video ? ['-map', '[pictures]', '-r', String(video.ticksPerSecond ?? video.fps ?? 25)] : []),
    ...(video?.keyEvery ? ['-g', String(video.keyEvery)] : []),
    ...(audio ? ['-map', '[sounds]'] : []),
    ...(cover ? ['-map', '0:v', '-frames:v', '1', '-disposition:v:0', 'attached_pic'] : []),
    ...writer,
    ...(cover ? ['-c:v', 'png'] : []),
    path,
  ])
  if (turned !== undefined) await turnPictures(path, turned)
  return path
}

/** The same clip so many times in a row, without encoding anything: an hour of video in a moment. */
export async function repeatClip(ffmpeg: string, from: string, to: string, times: number): Promise<string> {
  const loop = ['-stream_loop', String(times - 1), '-i', from]
  await run(ffmpeg, ['-v', 'error', '-nostdin', '-y', ...loop, '-map', '0', '-c', 'copy', to])
  return to
}
