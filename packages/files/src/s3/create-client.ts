import { S3Client } from '@aws-sdk/client-s3'
import type { S3Place } from '../place.ts'
import { unreachable } from '../unreachable.ts'
import { isServerAway } from './s3-errors.ts'

/** A download holds a connection for as long as its reader takes. */
const maxSockets = 500
const connectMs = 10_000

export function createClient({ endpoint, region, credentials }: S3Place): S3Client {
  const client = new S3Client({
    region,
    // Servers of one's own seldom have a name for each bucket.
    ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }),
    ...(credentials === null
      ? {}
      : { credentials: { accessKeyId: credentials.accessKey, secretAccessKey: credentials.secretKey } }),
    // Not every server knows the checksums that the SDK adds unasked.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: connectMs, httpAgent: { maxSockets }, httpsAgent: { maxSockets } },
  })
  client.middlewareStack.add(
    (next) => (command) =>
      next(command).catch((error) => {
        throw isServerAway(error) ? unreachable(error) : error
      }),
    { step: 'initialize', priority: 'high', name: 'serverAway' },
  )
  return client
}
