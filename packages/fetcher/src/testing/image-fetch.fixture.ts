import { JobError } from '@inferq/contracts'
import { createFetcher } from '../fetcher.ts'
import type { FetcherOptions } from '../types.ts'

export const maxBytes = 1_000
export const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

/** Short enough for a test, long enough for a busy machine to do what is not meant to time out. */
const patience = { connectTimeoutMs: 3_000, headersTimeoutMs: 3_000, bodyIdleTimeoutMs: 3_000, totalTimeoutMs: 10_000 }

/** Fetches a small image; `failure` is the JobError that it ends with. */
export function imageFetcher(options: FetcherOptions) {
  const fetcher = createFetcher({ ...patience, ...options })
  const never = new AbortController().signal
  const fetchImage = (url: string, signal = never) =>
    fetcher.fetchBytes(url, { signal, maxBytes, contentTypes: ['image/'] })

  return {
    ...fetcher,
    fetchImage,
    async failure(url: string): Promise<JobError> {
      const error = await fetchImage(url).then(
        () => new Error(`${url} was fetched`),
        (error: unknown) => error,
      )
      if (error instanceof JobError) return error
      throw error
    },
  }
}
