import { untilAborted } from '../abort.ts'
import type { ImageToRead } from '../engine.ts'
import type { Area, ComputeAnswer, Computed, ComputeRequest, ImageJob, ReadImage } from './messages.ts'

/** What came of one image. */
export interface Looked {
  readonly computed: Computed
  readonly seen: Area
  /** Its share of the time that its batch took. */
  readonly computingMs: number
}

export interface PipelineStages {
  read(image: ImageToRead, signal: AbortSignal): Promise<ReadImage>
  compute(request: ComputeRequest, signal: AbortSignal): Promise<ComputeAnswer>
  readonly readAtOnce: number
  readonly maxBatchItems: number
}

interface Place {
  readonly image: ImageToRead
  readonly job: ImageJob
  readonly signal: AbortSignal
  readonly result: PromiseWithResolvers<Looked>
}
interface ReadyPlace extends Place {
  readonly read: ReadImage
}

/** One batch that computes and one that is ready behind it. */
const maxBatchesInFlight = 2

/**
 * Keeps both stages busy with the images of all calls, in the order in which they came: while one batch computes, the next
 * images are read, and a full batch is handed over early so that the model finds it when it is done. No more is read ahead
 * than that, since an image that has been read is large.
 */
export class Pipeline {
  readonly #stages: PipelineStages
  #waiting: Place[] = []
  #ready: ReadyPlace[] = []
  #reading = 0
  #inFlight = 0

  constructor(stages: PipelineStages) {
    this.#stages = stages
  }

  look(image: ImageToRead, job: ImageJob, signal: AbortSignal): Promise<Looked> {
    const place = { image, job, signal, result: Promise.withResolvers<Looked>() }
    this.#waiting.push(place)
    this.#startReading()
    return untilAborted(place.result.promise, signal)
  }

  #startReading(): void {
    const { readAtOnce, maxBatchItems } = this.#stages
    while (this.#reading < readAtOnce && this.#reading + this.#ready.length < readAtOnce + maxBatchItems) {
      const place = this.#waiting.shift()
      if (!place) return
      if (!place.signal.aborted) this.#read(place)
    }
  }

  async #read(place: Place): Promise<void> {
    this.#reading++
    try {
      const read = await untilAborted(this.#stages.read(place.image, place.signal), place.signal)
      this.#ready.push({ ...place, read })
    } catch (error) {
      place.result.reject(error)
    }
    this.#reading--
    this.#startComputing()
    this.#startReading()
  }

  #startComputing(): void {
    while (this.#inFlight < maxBatchesInFlight) {
      this.#ready = this.#ready.filter(({ signal }) => !signal.aborted)
      const batch = this.#fittingTogether()
      // A batch that is not full gains by waiting for as long as the model has something to do.
      const mayGo = this.#inFlight === 0 || batch.length === this.#stages.maxBatchItems
      if (batch.length === 0 || !mayGo) return
      this.#ready = this.#ready.filter((place) => !batch.includes(place))
      this.#compute(batch)
    }
  }

  /** The oldest, and those that have its size. */
  #fittingTogether(): ReadyPlace[] {
    const [first] = this.#ready
    const isFitting = ({ read }: ReadyPlace) => read.width === first?.read.width && read.height === first.read.height
    return this.#ready.filter(isFitting).slice(0, this.#stages.maxBatchItems)
  }

  async #compute(batch: readonly ReadyPlace[]): Promise<void> {
    this.#inFlight++
    const images = batch.map(({ read: { values, width, height }, job }) => ({ values, width, height, job }))
    const nobodyWaits = new AbortController()
    const onAbort = () => {
      if (batch.every(({ signal }) => signal.aborted))
        nobodyWaits.abort(new Error('nobody waits for this batch any more'))
    }
    for (const { signal } of batch) signal.addEventListener('abort', onAbort, { once: true })
    try {
      const computing = this.#stages.compute({ images }, nobodyWaits.signal)
      const { computed, computingMs } = await untilAborted(computing, nobodyWaits.signal)
      for (const [i, { result, read }] of batch.entries()) {
        result.resolve({ computed: computed[i] as Computed, seen: read.seen, computingMs: computingMs / batch.length })
      }
    } catch (error) {
      for (const { result } of batch) result.reject(error)
    }
    for (const { signal } of batch) signal.removeEventListener('abort', onAbort)
    this.#inFlight--
    this.#startComputing()
    this.#startReading()
  }
}
