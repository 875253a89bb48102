import type { IncomingMessage } from 'node:http'
import { ApiError } from '../errors/api-error.ts'

/**
 * The whole body, whatever the method and the content type: clients send JSON with GET. One that is too large is refused
 * before it is held.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const tooLarge = new ApiError('invalidRequest', `the body is larger than ${maxBytes} bytes`)
  const chunks: Buffer[] = []
  let sizeBytes = 0
  const isAnnounced = Number(request.headers['content-length'] ?? 0) > maxBytes
  if (isAnnounced) reject(tooLarge)
  // Goes on to the end in any case: a client that still sends would not read the answer.
  request.on('data', (chunk: Buffer) => {
    sizeBytes += chunk.length
    if (sizeBytes > maxBytes) reject(tooLarge)
    else if (!isAnnounced) chunks.push(chunk)
  })
  request.once('end', () => resolve(Buffer.concat(chunks)))
  request.once('error', (cause) => reject(new ApiError('invalidRequest', 'the body did not arrive whole', {}, cause)))
  return promise
}
