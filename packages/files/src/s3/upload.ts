import { Readable } from 'node:stream'
import type { S3Client } from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { partBytes, partsAtOnce } from './parts.ts'

/** Shows the object once the source has come to its end; rejects with what the source rejects with. */
export async function upload(
  client: S3Client,
  place: { Bucket: string; Key: string },
  source: AsyncIterable<Uint8Array>,
): Promise<{ size: number }> {
  let size = 0
  const failure: { of?: { source: unknown } } = {}
  async function* observed() {
    try {
      for await (const chunk of source) {
        size += chunk.byteLength
        yield chunk
      }
    } catch (error) {
      failure.of = { source: error }
      throw error
    }
  }
  const params = { ...place, Body: Readable.from(observed(), { objectMode: false }) }
  try {
    await new Upload({ client, params, partSize: partBytes, queueSize: partsAtOnce }).done()
  } catch (error) {
    // The SDK then takes back the parts that it has sent; if that fails too, its error hides the first.
    throw failure.of ? failure.of.source : error
  }
  return { size }
}
