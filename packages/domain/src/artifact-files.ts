import { setTimeout as sleep } from 'node:timers/promises'
import { artifactKey } from './artifact-path.ts'
import { DomainError } from './errors.ts'
import type { FileRecords } from './ports/file-records.ts'
import type { ByteRange, FileFacts, ReadFile, StreamedFiles } from './ports/file-store.ts'

/**
 * Files that people and agents upload, by company and path (`project/task name.<id>/artifacts/name/file`). Rejects
 * with FILE_PATH_INVALID for a path that is no place within the company's own files, FILE_TOO_LARGE and
 * FILE_QUOTA_EXCEEDED; nothing is kept then, and what was there stays. A file that was noted as unneeded is not there
 * for readers; whoever removes it is told that there was one.
 */
export interface ArtifactFiles {
  /** Replaces what is there, once all of it has come. */
  store(company: string, path: string, source: AsyncIterable<Uint8Array>): Promise<{ size: number }>
  stat(company: string, path: string): Promise<FileFacts | null>
  read(company: string, path: string, range?: ByteRange): Promise<ReadFile | null>
  /** False: there was none. */
  remove(company: string, path: string): Promise<boolean>
}

export interface ArtifactLimits {
  maxFileBytes: number
  /** Of all files of one company; null: none. */
  quotaBytes: number | null
}

export interface ArtifactParts {
  files: StreamedFiles
  records: FileRecords
}

/** While somebody deletes a file, whoever uploads or deletes it too looks again after this time. */
const claimedPauseMs = 50

export function createArtifactFiles({ files, records, ...limits }: ArtifactParts & ArtifactLimits): ArtifactFiles {
  return {
    async store(company, path, source) {
      const key = artifactKey(company, path)
      const most = await mostBytes(records, limits, company, path)
      const counted = { size: null as number | null, before: null as number | null }
      /** Its last step comes before the store shows the file: what is over the quota is never seen. */
      async function* counting() {
        let size = 0
        for await (const chunk of source) {
          size += chunk.byteLength
          if (size > most.bytes) throw most.refusal()
          yield chunk
        }
        counted.before = await keep(records, company, path, size, limits.quotaBytes)
        counted.size = size
      }
      const undo = async () => {
        if (counted.size === null) return
        if (counted.before === null) await records.drop(company, path)
        else await records.keep(company, path, counted.before, null)
      }
      const written = await files.write(key, counting()).catch(async (error: unknown) => {
        // The failure that the caller must hear of is the first one.
        await undo().catch(() => {})
        throw error
      })
      if (written) return written
      await undo()
      throw new DomainError('FILE_PATH_INVALID', 'a part of the path is a file, or there is a folder of that path')
    },

    async stat(company, path) {
      const key = artifactKey(company, path)
      return (await records.isUnneeded(company, path)) ? null : files.stat(key)
    },

    async read(company, path, range) {
      const key = artifactKey(company, path)
      return (await records.isUnneeded(company, path)) ? null : files.read(key, range)
    },

    async remove(company, path) {
      const key = artifactKey(company, path)
      while (!(await records.claim(company, path))) await sleep(claimedPauseMs)
      const found = await files.stat(key)
      await deleteClaimed({ files, records }, company, path)
      return found !== null
    },
  }
}

/** For whoever has claimed it. */
export async function deleteClaimed(
  { files, records }: { files: Pick<StreamedFiles, 'delete'>; records: Pick<FileRecords, 'drop'> },
  company: string,
  path: string,
): Promise<void> {
  await files.delete(artifactKey(company, path))
  await records.drop(company, path)
}

/** Counts the file, and answers with the size of the one that it replaces. */
async function keep(
  records: FileRecords,
  company: string,
  path: string,
  size: number,
  quota: number | null,
): Promise<number | null> {
  for (;;) {
    const answer = await records.keep(company, path, size, quota)
    if (answer.kind === 'kept') return answer.sizeBefore
    if (answer.kind === 'over_quota') throw overQuota(quota)
    await sleep(claimedPauseMs)
  }
}

/** After how many bytes an upload can be refused without waiting for its end. */
async function mostBytes(
  records: FileRecords,
  { maxFileBytes, quotaBytes }: ArtifactLimits,
  company: string,
  path: string,
): Promise<{ bytes: number; refusal: () => DomainError }> {
  const refusal = () => new DomainError('FILE_TOO_LARGE', `a file may have at most ${maxFileBytes} bytes`)
  if (quotaBytes === null) return { bytes: maxFileBytes, refusal }
  const { bytes, ofPath } = await records.usageOf(company, path)
  // A smaller file may replace a larger one even if the quota was lowered meanwhile.
  const room = Math.max(quotaBytes - bytes + ofPath, ofPath)
  return room < maxFileBytes ? { bytes: room, refusal: () => overQuota(quotaBytes) } : { bytes: maxFileBytes, refusal }
}

const overQuota = (quota: number | null) =>
  new DomainError('FILE_QUOTA_EXCEEDED', `all files together may have at most ${quota} bytes; delete some`)
