import type { Readable } from 'node:stream'

/** Large inputs and results, by key. A file is there as a whole or not at all. */
export interface FileStore {
  put(key: string, data: string | Uint8Array): Promise<void>
  /** Null: no such file. */
  getText(key: string): Promise<string | null>
  /** Also when there is none. */
  delete(key: string): Promise<void>
}

/** The same store for files of any size, in constant memory. */
export interface StreamedFiles extends FileStore {
  /**
   * Rejects with what the source rejects with; then nothing is kept, and what was there stays. Null: a file of another
   * key stands where this one needs a folder, or the other way round; not every store has such.
   */
  write(key: string, source: AsyncIterable<Uint8Array>): Promise<{ size: number } | null>
  /** Null: no such file. */
  stat(key: string): Promise<FileFacts | null>
  /** Null: no such file. Whoever reads it must consume or destroy the body. A range may reach beyond the end. */
  read(key: string, range?: ByteRange): Promise<ReadFile | null>
}

export interface FileFacts {
  size: number
  modifiedAt: Date
}

/** The facts are of the whole file, and of the very one that is read, should it be replaced meanwhile. */
export interface ReadFile extends FileFacts {
  body: Readable
}

/** Counted from 0, both ends included. */
export interface ByteRange {
  start: number
  end: number
}
