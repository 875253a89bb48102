import type { ArtifactFiles } from '@inferq/domain'
import type { FormPart } from '@inferq/forms'
import { ApiError } from '../errors/api-error.ts'
import { safeFileName } from './file-name.ts'

/** A file that came as a part of a form, and is stored already. No JSON can make one. */
export class UploadedFile {
  readonly path: string
  readonly sizeBytes: number
  readonly filename: string | null
  readonly contentType: string | null

  constructor(path: string, sizeBytes: number, { filename, contentType }: Pick<FormPart, 'filename' | 'contentType'>) {
    this.path = path
    this.sizeBytes = sizeBytes
    this.filename = filename || null
    this.contentType = contentType === unknownType ? null : contentType
  }
}

/** What senders say of which they know nothing. */
const unknownType = 'application/octet-stream'

/** The file of one request. */
export interface Upload {
  /** Stores it as it comes, in bounded memory. Throws 400 for one without any bytes. */
  store(part: FormPart): Promise<UploadedFile>
  /** Deletes what was stored: no asset will ever name it. */
  drop(): Promise<void>
}

export function createUpload(artifacts: ArtifactFiles, company: string, assetId: string): Upload {
  const stored: string[] = []
  return {
    async store(part) {
      const path = `assets/${assetId}/${safeFileName(part.filename)}`
      const { size } = await artifacts.store(company, path, part.content)
      stored.push(path)
      if (size === 0) throw new ApiError('parameter_invalid', `${part.name}: must not be empty`)
      return new UploadedFile(path, size, part)
    },
    async drop() {
      for (const path of stored) await artifacts.remove(company, path)
    },
  }
}
