import { S3ServiceException } from '@aws-sdk/client-s3'

/** An answer to HEAD has no body that could tell which of the two is missing: the object, or its bucket. */
const missing = ['NoSuchKey', 'NotFound']

export function nullIfMissing(error: unknown): null {
  if (error instanceof S3ServiceException && missing.includes(error.name)) return null
  throw error
}

/** The server did not answer at all, or said that the fault is its own. The SDK has tried again by then. */
export const isServerAway = (error: unknown): boolean =>
  error instanceof S3ServiceException ? error.$fault === 'server' : error instanceof Error && '$metadata' in error

export const isBeyondEnd = (error: unknown): boolean =>
  error instanceof S3ServiceException && error.name === 'InvalidRange'
