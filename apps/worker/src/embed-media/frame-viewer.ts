import type { ImageEngine, ImageToRead } from '@inferq/engines'
import type { Frame } from '@inferq/media'
import { Batches } from './batches.ts'
import { checkedVectors } from './checked-vectors.ts'
import { ClipByClip } from './clip-by-clip.ts'
import { MeanVector } from './mean-vector.ts'
import type { Pass } from './pass.ts'

/** Two batches of the largest pictures are 25 MB. */
const maxItems = 16

interface FrameOfClip {
  readonly frame: Frame
  readonly clip: number
}

/** Adds to the findings how each clip looks: the mean of its pictures, which come one by one and in their order. */
export class FrameViewer {
  readonly #frames: Batches<FrameOfClip, Float32Array>
  readonly #byClip: ClipByClip<MeanVector>

  /** `first` is the number of the first clip that is not done. */
  constructor({ findings, dimensions, reached, found, signal, timings }: Pass, engine: ImageEngine, first: number) {
    const vectors = findings.vectors.get('visual')
    this.#byClip = new ClipByClip(
      first,
      () => new MeanVector(),
      (mean) => {
        vectors?.push(mean.result() ?? findings.shown)
        found()
      },
    )
    this.#frames = new Batches({
      maxItems,
      async compute(items) {
        const { embeddings, computingMs } = await engine.embed(items.map(imageOf), { signal })
        timings.computingMs += computingMs
        return checkedVectors(embeddings, dimensions)
      },
      take: async (vector, { frame, clip }) => {
        const mean = await this.#byClip.of(clip)
        mean.add(vector)
        findings.shown = vector
        reached(frame.atSec, clip)
      },
    })
  }

  /** Resolves when there is room for the next one. */
  async look(frame: Frame, clip: number): Promise<void> {
    await this.#frames.add({ frame, clip })
  }

  /** There are so many clips, and no further picture of any. */
  async end(clips: number): Promise<void> {
    await this.#frames.end()
    await this.#byClip.endBefore(clips)
  }
}

const imageOf = ({ frame: { pixels, width, height } }: FrameOfClip): ImageToRead => ({
  bytes: pixels,
  raw: { width, height },
})
