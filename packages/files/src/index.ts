export * from './local-files.ts'
export * from './open-files.ts'
export * from './place.ts'
export { maxS3FileBytes } from './s3/parts.ts'
