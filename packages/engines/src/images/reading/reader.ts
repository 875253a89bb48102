import { availableParallelism } from 'node:os'
import { startThread, type Thread } from '../../threads/start-thread.ts'
import type { ReadImage, ReadRequest } from '../messages.ts'
import type { DecodeLimits } from './decoder.ts'
import type { Preprocessing } from './preprocessing.ts'

export interface ReaderOptions {
  readonly preprocessing: Preprocessing
  readonly limits: DecodeLimits
}

/** A thread that decodes images and makes of them what a model reads. */
export type Reader = Thread<null, ReadRequest, ReadImage>

export const defaultDecodeLimits: DecodeLimits = { maxPixels: 100_000_000, maxDecodeMs: 20_000 }

/**
 * Decoders borrow from the four threads that also read files and look up names for the whole process. Never only one:
 * an image that takes long must not hold up all others.
 */
export const imagesReadAtOnce = Math.max(2, Math.min(3, availableParallelism() - 1))

export const startReader = (model: string, options: ReaderOptions): Promise<Reader> =>
  startThread({
    main: new URL('./reader-main.ts', import.meta.url),
    name: `inferq images for ${model}`,
    purpose: `read images for the model "${model}"`,
    options,
  })
