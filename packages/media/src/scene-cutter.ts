import type { Span } from './types.ts'

/**
 * A picture that differs from the one before it by more than this begins a new scene. Measured: cuts from photograph to
 * photograph score 0.29 to 1; pans across them up to 0.24, at the moment they begin; a test card on which things move 0.04.
 * Fades score as little as motion, and cut nothing.
 */
export const sceneThreshold = 0.25

const tolerance = 1e-6

export interface SceneCutter {
  /** To be called with each picture in the order of time. Gives the clip that ends where this picture begins, if one does. */
  push(atSec: number, sceneScore: number): Span[]
  /** The last clip. */
  end(): Span[]
}

/**
 * Cuts a span where new scenes begin. A cut counts if the clip before it is at least so long, and what is left of the span is
 * too; with no cuts the whole span is one clip.
 */
export function createSceneCutter({ startSec, endSec }: Span, minSeconds: number): SceneCutter {
  let from = startSec
  const isLongEnough = (seconds: number) => seconds > minSeconds - tolerance
  return {
    push(atSec, sceneScore) {
      const isCut = sceneScore > sceneThreshold && isLongEnough(atSec - from) && isLongEnough(endSec - atSec)
      if (!isCut) return []
      const clip = { startSec: from, endSec: atSec }
      from = atSec
      return [clip]
    },
    end: () => [{ startSec: from, endSec }],
  }
}
