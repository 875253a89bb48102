import type { StreamedFiles } from '@inferq/domain'

/** Where files lie: below a folder that api and workers share, or in a bucket. */
export type FilesPlace = { folder: string } | { s3: S3Place }

export interface S3Place {
  bucket: string
  /** Null: Amazon's own. */
  endpoint: string | null
  region: string
  /** What every key begins with; empty, or ending in a slash. */
  prefix: string
  /** Null: as Amazon's SDK finds them in environment, files and machine. */
  credentials: { accessKey: string; secretKey: string } | null
}

export interface OpenFiles extends StreamedFiles {
  close(): void
}
