import type { Span } from '@inferq/media'
import { clipFinder } from './clip-finder.ts'
import type { Listener } from './listeners.ts'
import type { Pass } from './pass.ts'
import { SoundPieces } from './sound-pieces.ts'

/** Reads the sound once, for listeners that all take it at this rate, from the first clip that one of them has not done. */
export async function hearSound(pass: Pass, sampleRate: number, listeners: readonly Listener[]): Promise<void> {
  const { media, path, findings, signal } = pass
  const { clips } = findings
  const first = Math.min(...listeners.map(({ done }) => done))
  if (first >= clips.length) return
  const span = { startSec: startOf(pass, clips[first] as Span), endSec: (clips.at(-1) as Span).endSec }
  const hearers = listeners.map((listener) => {
    const { done, maxSeconds } = listener
    return { listener, pieces: new SoundPieces({ clips, first: done, sampleRate, maxSeconds, fromSec: span.startSec }) }
  })
  const clipAt = clipFinder(clips, first)
  let atSec = span.startSec
  for await (const sound of media.sound(path, { span, sampleRate, signal })) {
    for (const { listener, pieces } of hearers) for (const piece of pieces.take(sound)) await listener.hear(piece)
    atSec += sound.length / sampleRate
    pass.reached(atSec, clipAt(atSec))
  }
  for (const { listener, pieces } of hearers) {
    for (const piece of pieces.end()) await listener.hear(piece)
    await listener.end(clips.length)
  }
}

/** Whole seconds after the beginning of the window: so samples fall on the same moments as when it is read from there. */
function startOf({ window }: Pass, clip: Span): number {
  return window.startSec + Math.floor(clip.startSec - window.startSec)
}
