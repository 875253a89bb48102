import { join } from 'node:path'
import { type ClipSpec, makeClip, tempDir } from '@inferq/testkit'
import { createMedia } from '../media.ts'
import { findMediaTools } from '../tools.ts'
import type { Frame, Span } from '../types.ts'

const found = findMediaTools(process.env)
if (found === null) throw new Error('these tests need ffmpeg and ffprobe')

export const tools = found
export const media = createMedia({ tools })
export const { signal } = new AbortController()

/** A folder of this test file for the clips it makes, each by its name. */
export async function clipFolder() {
  const dir = await tempDir('media')
  return {
    path: (name: string) => join(dir.path, name),
    make: (name: string, spec: ClipSpec) => makeClip(tools.ffmpeg, join(dir.path, name), spec),
    remove: () => dir.remove(),
  }
}

export const span = (startSec: number, endSec: number): Span => ({ startSec, endSec })

export async function allFrames(path: string, options: { span: Span; at?: 'steps' | 'scenes'; maxSide?: number }) {
  const frames: Frame[] = []
  for await (const frame of media.frames(path, { at: 'steps', maxSide: 160, signal, ...options })) frames.push(frame)
  return frames
}

export async function allSound(path: string, within: Span, sampleRate = 16_000): Promise<Float32Array> {
  const pieces: Float32Array[] = []
  for await (const piece of media.sound(path, { span: within, sampleRate, signal })) pieces.push(piece)
  const samples = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    samples.set(piece, at)
    at += piece.length
  }
  return samples
}

/** How many programs this process has started that have not ended. */
export const runningTools = (): number =>
  process.getActiveResourcesInfo().filter((resource) => resource === 'ProcessWrap').length
