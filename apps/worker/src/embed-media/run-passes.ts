import type { Segmentation } from '@inferq/contracts'
import type { Span } from '@inferq/media'
import type { HandlerContext } from '../define-handler.ts'
import type { Findings } from './findings.ts'
import { embedsSound, embedsSpeech, type Listener } from './listeners.ts'
import type { Parts } from './parts.ts'
import type { Pass } from './pass.ts'
import { embedPictures } from './pictures.ts'
import { progressOf } from './progress.ts'
import { hearSound } from './sound.ts'

export interface PassesOptions {
  readonly context: HandlerContext
  readonly path: string
  readonly window: Span
  readonly segmentation: Segmentation
  readonly parts: Parts
  readonly findings: Findings
  /** Whether some of the findings are of an earlier attempt. */
  readonly isResumed: boolean
  /** Called whenever there may be more findings. */
  readonly keep: (findings: Findings) => void
}

type PassBase = Omit<Pass, 'reached'>

interface NamedPass {
  readonly what: 'pictures' | 'sound'
  readonly run: (pass: Pass) => Promise<void>
}

/** Reads the pictures of a medium, if need be, and then its sound: once for all who take it at the same rate. */
export async function runPasses(options: PassesOptions): Promise<void> {
  const { context, path, window, parts, findings, keep } = options
  const { media, timings, progress } = context
  const failed = new AbortController()
  const signal = AbortSignal.any([context.signal, failed.signal])
  const found = () => keep(findings)
  const base = { media, path, window, findings, dimensions: parts.model.dimensions, signal, timings, found }
  const passes = passesOf(options, base)
  let { isResumed } = options

  for (const [index, { what, run }] of passes.entries()) {
    const reached = (atSec: number, clip: number) => {
      const clips = findings.areAllClips ? findings.clips.length : null
      const named = index > 0 ? what : null
      const told = progressOf({ pass: index, passes: passes.length, window, clips, atSec, clip, what: named })
      progress(told.fraction, isResumed ? `resumed at ${told.message}` : told.message)
      isResumed = false
    }
    try {
      await run({ ...base, reached })
    } catch (error) {
      // Nothing of a task may still be at work once it has ended.
      failed.abort(error)
      throw error
    }
  }
}

function passesOf({ segmentation, parts, findings }: PassesOptions, base: PassBase): NamedPass[] {
  const passes: NamedPass[] = []
  const visual = findings.vectors.has('visual') ? parts.visual : null
  if (visual || segmentation.strategy === 'dynamic') {
    passes.push({ what: 'pictures', run: (pass) => embedPictures(pass, segmentation, visual) })
  }
  for (const [rate, listeners] of Map.groupBy(listenersOf(parts, base), ({ sampleRate }) => sampleRate)) {
    passes.push({ what: 'sound', run: (pass) => hearSound(pass, rate, listeners) })
  }
  return passes
}

function listenersOf({ audio, transcription }: Parts, base: PassBase): Listener[] {
  const { vectors } = base.findings
  const [sounds, texts] = [vectors.get('audio'), vectors.get('transcription')]
  return [
    ...(audio && sounds ? [embedsSound(base, audio, sounds)] : []),
    ...(transcription && texts ? [embedsSpeech(base, transcription, texts)] : []),
  ]
}
