import type { Readable } from 'node:stream'
import type { FileRecords } from './ports/file-records.ts'
import type { ByteRange, FileFacts, StreamedFiles } from './ports/file-store.ts'

/**
 * Files that people and agents upload, by company and path (`project/task name.<id>/artifacts/name/file`). Rejects
 * with FILE_PATH_INVALID for a path that is no place within the company's own files, FILE_TOO_LARGE and
 * FILE_QUOTA_EXCEEDED; nothing is kept then, and what was there stays.
 */
export interface ArtifactFiles {
  /** Replaces what is there, once all of it has come. */
  store(company: string, path: string, source: AsyncIterable<Uint8Array>): Promise<{ size: number }>
  stat(company: string, path: string): Promise<FileFacts | null>
  read(company: string, path: string, range?: ByteRange): Promise<Readable | null>
  /** False: there was none. */
  remove(company: string, path: string): Promise<boolean>
}

export interface ArtifactLimits {
  maxFileBytes: number
  /** Of all files of one company; null: none. */
  quotaBytes: number | null
}

export function createArtifactFiles(
  _parts: { files: StreamedFiles; records: FileRecords } & ArtifactLimits,
): ArtifactFiles {
  return {} as ArtifactFiles
}
