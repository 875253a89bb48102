import type { FastifyRequest } from 'fastify'
import { FileError } from './errors.ts'

export interface FormFile {
  /** The name of its field. */
  name: string
  /** Throws `400` where the form breaks off in the middle. */
  content: AsyncIterable<Uint8Array>
}

/** Every one of them costs a write, and memory while it waits for those before it. */
const maxFiles = 10_000

/** The files of a form, one after another as they come in. Throws `400` for what is no whole form. */
export async function* filesOf(request: FastifyRequest): AsyncGenerator<FormFile> {
  if (!request.isMultipart()) throw new FileError(415, 'files are uploaded as multipart/form-data')
  try {
    // What has no file name is a file too: some clients send none.
    const options = { isPartAFile: () => true, limits: { parts: maxFiles, fileSize: Number.POSITIVE_INFINITY } }
    for await (const part of request.parts(options)) {
      if (part.type !== 'file') continue
      try {
        yield { name: part.fieldname ?? '', content: contentOf(part.file) }
      } finally {
        part.file.destroy()
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

function asBroken(cause: unknown): FileError {
  if (cause instanceof FileError) return cause
  const { code } = cause as { code?: unknown }
  if (code === 'FST_PARTS_LIMIT') return new FileError(413, `one form may hold at most ${maxFiles} files`)
  if (code === 'FST_PROTO_VIOLATION') return new FileError(404, 'the name of a field of the form is no path of a file')
  return new FileError(400, 'the form did not arrive whole: it must end in its boundary', cause)
}
