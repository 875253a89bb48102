import type { Sound } from '@inferq/engines'
import type { Span } from '@inferq/media'

/** Of the sound of one clip. */
export interface Piece {
  readonly clip: number
  readonly samples: Sound
}

export interface SoundPiecesOptions {
  readonly clips: readonly Span[]
  /** The number of the first clip of which pieces are wanted. */
  readonly first: number
  readonly sampleRate: number
  readonly maxSeconds: number
  /** Where what comes begins; at or before the first clip. */
  readonly fromSec: number
}

/** Cuts the sound of a medium, as it comes, at the bounds of its clips, and longer clips into pieces of `maxSeconds`. */
export class SoundPieces {
  readonly #options: SoundPiecesOptions
  #heard = 0
  #filled = 0
  #clip: number
  #open: { readonly startsAt: number; readonly samples: Sound } | undefined

  constructor(options: SoundPiecesOptions) {
    this.#options = options
    this.#clip = options.first
    this.#open = this.#pieceAt(0)
  }

  *take(sound: Sound): Generator<Piece> {
    let rest = sound
    while (this.#open && rest.length > 0) {
      const { startsAt, samples } = this.#open
      const unwanted = Math.min(rest.length, Math.max(0, startsAt - this.#heard))
      const part = rest.subarray(unwanted, unwanted + samples.length - this.#filled)
      samples.set(part, this.#filled)
      this.#filled += part.length
      this.#heard += unwanted + part.length
      rest = rest.subarray(unwanted + part.length)
      if (this.#filled === samples.length) yield* this.#close()
    }
  }

  /** What is there of the last piece: sound may end before the clip does. */
  *end(): Generator<Piece> {
    if (this.#filled > 0) yield* this.#close()
  }

  *#close(): Generator<Piece> {
    const { startsAt, samples } = this.#open as { startsAt: number; samples: Sound }
    const piece = { clip: this.#clip, samples: samples.subarray(0, this.#filled) }
    this.#filled = 0
    this.#open = this.#pieceAt(startsAt + samples.length)
    yield piece
  }

  /** The piece that begins at a sample, or with the clip after it. */
  #pieceAt(sample: number) {
    const { clips, maxSeconds, sampleRate } = this.#options
    for (; this.#clip < clips.length; this.#clip++) {
      const { startSec, endSec } = clips[this.#clip] as Span
      const startsAt = Math.max(sample, this.#sampleAt(startSec))
      const length = Math.min(Math.floor(maxSeconds * sampleRate), this.#sampleAt(endSec) - startsAt)
      if (length > 0) return { startsAt, samples: new Float32Array(length) }
    }
    return undefined
  }

  #sampleAt(sec: number): number {
    return Math.round((sec - this.#options.fromSec) * this.#options.sampleRate)
  }
}
