import { JobError } from '@inferq/contracts'
import { z } from 'zod'
import { normalise } from '../vectors.ts'

const Answer = z.object({
  data: z.array(
    z.object({ index: z.number().int().optional(), embedding: z.union([z.array(z.number()), z.base64()]) }),
  ),
})

/** Reads an answer of `POST /embeddings`: one vector of length 1 per text, in the order of the texts. */
export function readEmbeddings(body: string, texts: number): Float32Array[] {
  const vectors: Float32Array[] = []
  for (const [position, { index, embedding }] of parse(body).data.entries()) {
    vectors[index ?? position] = typeof embedding === 'string' ? decode(embedding) : Float32Array.from(embedding)
  }
  // Without these, a text would get the vector of another, and nobody would ever notice.
  if (vectors.length !== texts || Array.from(vectors).includes(undefined as never)) {
    throw unreadable(`it does not hold one vector for each of ${texts} texts`)
  }
  const width = vectors[0]?.length ?? 0
  if (width === 0 || vectors.some((vector) => vector.length !== width)) throw unreadable('its vectors differ in length')
  if (vectors.some((vector) => !vector.every(Number.isFinite))) throw unreadable('a vector holds what is not a number')
  return vectors.map(normalise)
}

function parse(body: string): z.infer<typeof Answer> {
  try {
    return Answer.parse(JSON.parse(body))
  } catch (cause) {
    throw unreadable('it is not in the form of an embeddings answer', cause)
  }
}

/** Some servers send base64 of little-endian floats whatever they were asked for. */
function decode(base64: string): Float32Array {
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.length % 4 !== 0) throw unreadable('a vector has a part of a number')
  return new Float32Array(new Uint8Array(bytes).buffer)
}

const unreadable = (why: string, cause?: unknown) =>
  new JobError('ENGINE_FAILED', `the answer of the model server cannot be used: ${why}`, { cause })
