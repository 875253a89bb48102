import { addAbortSignal } from 'node:stream'
import { type ImageInput, type ImageSource, JobError } from '@inferq/contracts'
import type { ImageToRead } from '@inferq/engines'
import type { Fetcher } from '@inferq/fetcher'
import type { OpenFiles } from '@inferq/files'
import { inOrder } from './in-order.ts'
import { readInputFile, tooLarge } from './input-files.ts'

/** Brings the images of one task, in their order. What fails names the image by its place where there are several. */
export type LoadImages = (
  images: readonly ImageInput[],
  options: { signal: AbortSignal },
) => Promise<readonly ImageToRead[]>

export interface ImageLoaderOptions {
  readonly files: Pick<OpenFiles, 'read'>
  readonly fetcher: Pick<Fetcher, 'fetchBytes'>
  /** Of one image as it comes, compressed. */
  readonly maxImageBytes: number
  /** Of all images of a task: they are in memory together. */
  readonly maxTaskBytes: number
}

const atOnce = 4

export function createImageLoader(options: ImageLoaderOptions): LoadImages {
  const { maxTaskBytes } = options
  return async (images, { signal }) => {
    let totalBytes = 0
    return inOrder(images, { atOnce, signal }, async ({ source, ...part }, index, signal) => {
      const bytes = await bytesOf(source, signal, options).catch((error) => {
        throw images.length > 1 ? namingImage(error, index + 1) : error
      })
      totalBytes += bytes.byteLength
      if (totalBytes > maxTaskBytes) throw tooLarge('the images of the task', maxTaskBytes, 'send fewer per task')
      return { bytes, ...part }
    })
  }
}

async function bytesOf(
  source: ImageSource,
  signal: AbortSignal,
  { files, fetcher, maxImageBytes: maxBytes }: ImageLoaderOptions,
): Promise<Uint8Array> {
  if ('base64' in source) return Buffer.from(source.base64, 'base64')
  if ('file' in source) return bytesOfFile(files, source.file, { maxBytes, signal })
  return (await fetcher.fetchBytes(source.url, { signal, maxBytes, contentTypes: ['image/'] })).bytes
}

async function bytesOfFile(
  files: Pick<OpenFiles, 'read'>,
  key: string,
  { maxBytes, signal }: { maxBytes: number; signal: AbortSignal },
): Promise<Uint8Array> {
  const { body, size } = await readInputFile(files, key, { what: 'the image', maxBytes })
  const bytes = new Uint8Array(size)
  let read = 0
  for await (const chunk of addAbortSignal(signal, body)) {
    bytes.set(chunk, read)
    read += chunk.byteLength
  }
  return bytes.subarray(0, read)
}

function namingImage(error: unknown, place: number): unknown {
  if (!(error instanceof JobError)) return error
  const { code, message, cause, retryAfterMs } = error
  return new JobError(code, `image ${place}: ${message}`, {
    cause,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
}
