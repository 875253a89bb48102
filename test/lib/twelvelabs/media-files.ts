import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findMediaTools } from '@inferq/media'
import { type ClipSpec, makeClip, png, repeatClip, type Scene, tempDir } from '@inferq/testkit'

/** Made once, by the ffmpeg that the worker has too; the folder is gone when this process ends. */
const folder = tempDir('media')
const made = new Map<string, Promise<Buffer>>()

async function ffmpegPath(): Promise<string> {
  const tools = findMediaTools(process.env)
  if (tools === null) throw new Error('there is no ffmpeg')
  return tools.ffmpeg
}

/** The clip as a file of the kind that its name says. */
export function clip(name: string, spec: ClipSpec): Promise<Buffer> {
  const known = made.get(name)
  if (known) return known
  const bytes = makeFile(name, spec)
  made.set(name, bytes)
  return bytes
}

async function makeFile(name: string, spec: ClipSpec): Promise<Buffer> {
  const { path } = await folder
  return readFile(await makeClip(await ffmpegPath(), join(path, name), spec))
}

export const scene = (look: string, seconds: number, fps?: number): Scene => ({
  look,
  seconds,
  ...(fps === undefined ? {} : { fps }),
})

/** No smaller one is taken over TwelveLabs' API. */
const frame = { width: 640, height: 360 }
const threeScenes: readonly Scene[] = ['red', 'blue', 'green'].map((look) => scene(look, 4))

/** 16.24 s of four scenes of different lengths, with sound. */
export const cuts = () =>
  clip('cuts.mkv', {
    video: { scenes: [scene('red', 4.04), scene('blue', 1), scene('green', 5.2), scene('pattern', 6)], fps: 25 },
    audio: { parts: [{ sound: 'sweep', seconds: 16 }] },
  })

/** 12 s, with sound. */
export const video = () =>
  clip('video.mp4', {
    video: { ...frame, scenes: threeScenes },
    // Sound is written in packets: it would end a little later than the pictures.
    audio: { parts: [{ sound: 'sweep', seconds: 11.9 }] },
  })
export const silentVideo = () => clip('silent.mp4', { video: { ...frame, scenes: threeScenes } })
export const shortVideo = () => clip('short.mp4', { video: { ...frame, scenes: [scene('red', 3)] } })
export const smallVideo = () => clip('small.mp4', { video: { scenes: threeScenes } })
/** As few pictures as will do, and no larger than they must be, so that it is quickly made. */
export async function longVideo(minutes: number): Promise<Buffer> {
  const { path } = await folder
  const minute = join(path, 'minute.mkv')
  await clip('minute.mkv', {
    video: { ...{ width: 360, height: 360, fps: 2 }, scenes: [scene('pattern', 60)] },
    audio: { parts: [{ sound: 'speech', seconds: 60 }] },
  })
  return readFile(await repeatClip(await ffmpegPath(), minute, join(path, `${minutes}-minutes.mkv`), minutes))
}

/** 12 s. */
export const recording = () => clip('recording.wav', { audio: { parts: [{ sound: 'sweep', seconds: 12 }] } })

export const picture = (color: 'red' | 'blue', side = 128): Buffer =>
  png(side, side, () => (color === 'red' ? [255, 0, 0] : [0, 0, 255]))
