import type { FastifyRequest } from 'fastify'
import { ApiError } from '../errors/api-error.ts'

export interface FormPart {
  name: string
  /** A part with a file name is a file, whatever its type is. */
  isFile: boolean
  /** Throws 400 where the form breaks off in the middle. */
  content: AsyncIterable<Uint8Array>
}

/** A polygon of a thousand points has two parts for each. */
const maxParts = 200_000

/** The parts of a form, one after another as they come in. Throws 400 for what is no whole form. */
export async function* partsOf(request: FastifyRequest): AsyncGenerator<FormPart> {
  try {
    // All of them as files, so that nobody reads a value as JSON because its part says that it is.
    const options = { isPartAFile: () => true, limits: { parts: maxParts, fileSize: Number.POSITIVE_INFINITY } }
    for await (const part of request.parts(options)) {
      if (part.type !== 'file') continue
      const { fieldname, filename, file } = part
      try {
        yield { name: fieldname ?? '', isFile: filename !== undefined, content: contentOf(file) }
      } finally {
        file.destroy()
      }
    }
  } catch (cause) {
    throw asBroken(cause)
  }
}

async function* contentOf(file: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* file
  } catch (cause) {
    throw asBroken(cause)
  }
}

function asBroken(cause: unknown): ApiError {
  if (cause instanceof ApiError) return cause
  const { code } = cause as { code?: unknown }
  if (code === 'FST_PARTS_LIMIT') return new ApiError(413, `a form has at most ${maxParts} parts`)
  if (code === 'FST_PROTO_VIOLATION') return new ApiError(400, 'the form has a part of which the name is not allowed')
  return new ApiError(400, 'the form did not arrive whole: it must end in its boundary', { cause })
}
