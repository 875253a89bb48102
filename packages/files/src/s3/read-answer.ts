import { Readable } from 'node:stream'
import type { GetObjectCommandOutput } from '@aws-sdk/client-s3'
import type { ReadFile } from '@inferq/domain'

/** The whole file's size stands behind the range that was sent of it: `bytes 0-9/1234`. */
const sizeOf = ({ ContentRange, ContentLength }: GetObjectCommandOutput): number =>
  ContentRange === undefined ? (ContentLength ?? 0) : Number(ContentRange.slice(ContentRange.lastIndexOf('/') + 1))

export function readAnswer(answer: GetObjectCommandOutput): ReadFile {
  const { Body, LastModified } = answer
  if (!(Body instanceof Readable)) throw new Error('the SDK of S3 answered with another kind of stream than Node has')
  return { size: sizeOf(answer), modifiedAt: LastModified ?? new Date(0), body: Body }
}
