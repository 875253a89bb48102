import type { Segmentation } from '@inferq/contracts'
import type { ImageEngine } from '@inferq/engines'
import { createSceneCutter, type Frame, type FrameOptions, type Span } from '@inferq/media'
import { clipFinder } from './clip-finder.ts'
import { FrameViewer } from './frame-viewer.ts'
import type { Pass } from './pass.ts'

/** Of a picture as models get it: more than they look at, and small enough to go through a pipe. */
const maxSide = 512

/**
 * Reads the pictures once: makes a vector of each clip of them if there is an engine, and finds the clips where these
 * follow the scenes. Goes on at the first clip that is not done.
 */
export async function embedPictures(pass: Pass, segmentation: Segmentation, engine: ImageEngine | null): Promise<void> {
  const { window, findings } = pass
  const { clips } = findings
  const first = findings.vectors.get('visual')?.length ?? clips.length
  const startSec = clips[first - 1]?.endSec ?? window.startSec
  const cut =
    segmentation.strategy === 'dynamic'
      ? atScenes(clips, { startSec, endSec: window.endSec }, segmentation.min_duration_sec)
      : atTimes(clips, first)
  if (startSec < cut.endSec)
    await read(pass, cut, { startSec, endSec: cut.endSec }, engine && new FrameViewer(pass, engine, first))
  findings.areAllClips = true
}

async function read(pass: Pass, cut: Cut, span: Span, viewer: FrameViewer | null): Promise<void> {
  const { media, path, findings, signal } = pass
  for await (const frame of media.frames(path, { span, at: cut.at, maxSide, signal })) {
    const clip = cut.clipOf(frame)
    if (viewer) await viewer.look(frame, clip)
    else noteScene(pass, frame, clip)
  }
  cut.end()
  await viewer?.end(findings.clips.length)
}

/** Which pictures are read, up to where, and of which clip each is. */
interface Cut {
  readonly at: FrameOptions['at']
  readonly endSec: number
  /** To be asked for each picture in its order. */
  readonly clipOf: (frame: Frame) => number
  readonly end: () => void
}

/** Adds clips as they are found. */
function atScenes(clips: Span[], span: Span, shortestSec: number): Cut {
  const cutter = createSceneCutter(span, shortestSec)
  return {
    at: 'scenes',
    endSec: span.endSec,
    clipOf({ atSec, sceneScore }) {
      clips.push(...cutter.push(atSec, sceneScore))
      return clips.length
    },
    end: () => void clips.push(...cutter.end()),
  }
}

function atTimes(clips: readonly Span[], first: number): Cut {
  const clipAt = clipFinder(clips, first)
  return {
    at: 'steps',
    endSec: (clips.at(-1) as Span).endSec,
    clipOf: ({ atSec }) => clipAt(atSec),
    end: () => {},
  }
}

function noteScene({ reached, found }: Pass, { atSec }: Frame, clip: number): void {
  reached(atSec, clip)
  found()
}
