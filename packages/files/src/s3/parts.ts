const maxParts = 10_000
export const partBytes = 16 * 1024 * 1024
/** So many parts are on their way at once, and in memory. */
export const partsAtOnce = 2
/** S3 takes no more parts, and how long a file becomes is known only at its end. */
export const maxS3FileBytes = maxParts * partBytes
