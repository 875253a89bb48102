import { Readable } from 'node:stream'
import { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import type { FileFacts } from '@inferq/domain'
import type { OpenFiles, S3Place } from '../place.ts'
import { createClient } from './create-client.ts'
import { readAnswer } from './read-answer.ts'
import { isBeyondEnd, nullIfMissing } from './s3-errors.ts'
import { upload } from './upload.ts'

/** Files as objects in a bucket of any server that speaks S3. An object is there as a whole or not at all. */
export function createS3Files(place: S3Place): OpenFiles {
  const client = createClient(place)
  const at = (key: string) => ({ Bucket: place.bucket, Key: `${place.prefix}${key}` })

  const stat = async (key: string): Promise<FileFacts | null> => {
    const answer = await client.send(new HeadObjectCommand(at(key))).catch(nullIfMissing)
    return answer && { size: answer.ContentLength ?? 0, modifiedAt: answer.LastModified ?? new Date(0) }
  }

  return {
    put: async (key, data) => void (await client.send(new PutObjectCommand({ ...at(key), Body: Buffer.from(data) }))),

    async getText(key) {
      const answer = await client.send(new GetObjectCommand(at(key))).catch(nullIfMissing)
      return (await answer?.Body?.transformToString('utf8')) ?? null
    },

    delete: async (key) => void (await client.send(new DeleteObjectCommand(at(key))).catch(nullIfMissing)),
    write: (key, source) => upload(client, at(key), source),
    stat,

    async read(key, range) {
      const part = range && { Range: `bytes=${range.start}-${range.end}` }
      try {
        return await client.send(new GetObjectCommand({ ...at(key), ...part })).then(readAnswer, nullIfMissing)
      } catch (error) {
        if (!isBeyondEnd(error)) throw error
        const facts = await stat(key)
        return facts && { ...facts, body: Readable.from([]) }
      }
    },

    close: () => client.destroy(),
  }
}
