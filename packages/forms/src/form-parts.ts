import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'

export interface FormPart {
  name: string
  /** A part with a file name is a file, whatever its type is; null: it is none. */
  filename: string | null
  /** As the sender says; for a text it says nothing. */
  contentType: string
  /** Throws what `refuse` makes where the form breaks off in the middle. */
  content: AsyncIterable<Uint8Array>
}

/** What can be wrong with a form as such. */
export type FormFault = 'too_many_parts' | 'name_not_allowed' | 'not_whole'

export interface FormRules {
  maxParts: number
  /** The error to throw for it, in the caller's own words. */
  refuse(fault: FormFault, cause: unknown): Error
}

/** Lets the routes of a scope take multipart/form-data, which they read by `formParts`. */
export async function takeForms(app: FastifyInstance): Promise<void> {
  await app.register(multipart)
}

/** The parts of a form of any size, one after another as they come in. Throws what `refuse` makes of a bad form. */
export async function* formParts(request: FastifyRequest, rules: FormRules): AsyncGenerator<FormPart> {
  try {
    // All of them as files: some clients give files no name, and some give texts a type that says they are JSON.
    const options = { isPartAFile: () => true, limits: { parts: rules.maxParts, fileSize: Number.POSITIVE_INFINITY } }
    for await (const part of request.parts(options)) {
      if (part.type !== 'file') continue
      const { fieldname, filename = null, mimetype: contentType, file } = part
      try {
        yield { name: fieldname ?? '', filename, contentType, content: contentOf(file, rules) }
      } finally {
        file.destroy()
      }
    }
  } catch (cause) {
    throw rules.refuse(faultOf(cause), cause)
  }
}

async function* contentOf(file: AsyncIterable<Uint8Array>, { refuse }: FormRules): AsyncGenerator<Uint8Array> {
  try {
    yield* file
  } catch (cause) {
    throw refuse(faultOf(cause), cause)
  }
}

function faultOf(cause: unknown): FormFault {
  const { code } = cause as { code?: unknown }
  if (code === 'FST_PARTS_LIMIT') return 'too_many_parts'
  return code === 'FST_PROTO_VIOLATION' ? 'name_not_allowed' : 'not_whole'
}
