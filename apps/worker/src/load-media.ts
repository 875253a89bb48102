import { addAbortSignal, type Readable } from 'node:stream'
import type { MediaSource } from '@inferq/contracts'
import type { Fetcher } from '@inferq/fetcher'
import type { OpenFiles } from '@inferq/files'
import { readInputFile, tooLarge } from './input-files.ts'
import type { Scratch, ScratchPlace } from './scratch.ts'

/** A medium as a file on this machine, until it is disposed. */
export interface LoadedMedium extends AsyncDisposable {
  readonly path: string
}

export type LoadMedia = (source: MediaSource, options: { signal: AbortSignal }) => Promise<LoadedMedium>

export interface MediaLoaderOptions {
  readonly files: Pick<OpenFiles, 'read'>
  readonly fetcher: Pick<Fetcher, 'open'>
  readonly scratch: Scratch
  /** Of one file. */
  readonly maxMediaBytes: number
}

interface Opened {
  readonly body: AsyncIterable<Uint8Array>
  /** Null: nobody knows yet. */
  readonly size: number | null
  /** In place of reading the body. */
  leave(): void
}

/** Besides what is called so, and bytes of which nothing is said; what it is shows when it is read. */
const contentTypes = [
  ...['video/', 'audio/'],
  ...['application/mp4', 'application/ogg', 'application/mxf', 'application/x-matroska'],
]

export function createMediaLoader({ files, fetcher, scratch, maxMediaBytes }: MediaLoaderOptions): LoadMedia {
  const maxBytes = Math.min(maxMediaBytes, scratch.quotaBytes)

  async function open(source: MediaSource, signal: AbortSignal): Promise<Opened> {
    if ('url' in source) return openUrl(source.url, signal)
    if ('file' in source) {
      const { body, size } = await readInputFile(files, source.file, { what: 'the medium', maxBytes })
      return { body: readUntil(signal, body), size, leave: () => body.destroy() }
    }
    const bytes = Buffer.from(source.base64, 'base64')
    if (bytes.byteLength > maxBytes) throw tooLarge('the medium', maxBytes, 'send a smaller one')
    return { body: inOnePiece(bytes), size: bytes.byteLength, leave: () => {} }
  }

  async function openUrl(url: string, signal: AbortSignal): Promise<Opened> {
    const left = new AbortController()
    const either = AbortSignal.any([signal, left.signal])
    const { body, contentLength } = await fetcher.open(url, { signal: either, maxBytes, contentTypes })
    return { body, size: contentLength, leave: () => left.abort() }
  }

  /** Nobody is kept waiting with an open connection: while there is no room it is closed, and the source asked anew. */
  async function openWithRoom(source: MediaSource, place: ScratchPlace, signal: AbortSignal): Promise<Opened> {
    for (;;) {
      const opened = await open(source, signal)
      const bytes = opened.size ?? maxBytes
      if (place.tryToHave(bytes)) return opened
      opened.leave()
      await place.waitFor(bytes, { signal })
    }
  }

  return async (source, { signal }) => {
    signal.throwIfAborted()
    const place = scratch.place()
    try {
      const { body } = await openWithRoom(source, place, signal)
      await place.write(body)
      signal.throwIfAborted()
      return place
    } catch (error) {
      await place[Symbol.asyncDispose]()
      throw signal.aborted ? signal.reason : error
    }
  }
}

/** Bound to the signal only once it is read: nobody would hear the failure of a stream that is waiting. */
async function* readUntil(signal: AbortSignal, body: Readable): AsyncGenerator<Uint8Array> {
  yield* addAbortSignal(signal, body)
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
