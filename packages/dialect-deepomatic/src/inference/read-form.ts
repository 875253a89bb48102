import type { FastifyRequest } from 'fastify'
import { ApiError } from '../errors/api-error.ts'
import { fieldNamed, shown } from './form-field.ts'
import { type FormPart, partsOf } from './form-parts.ts'
import { readText } from './form-text.ts'
import { FormValues } from './form-values.ts'
import type { ImageKeeper } from './image-keeper.ts'
import { KeptImage } from './source.ts'

/** Of the text of one part: an address of an image is the longest. */
const maxTextBytes = 8_192

/** What a form asks for, as JSON would say it; its files are kept as they come. Throws 400, 413. */
export async function readForm(request: FastifyRequest, keeper: ImageKeeper): Promise<unknown> {
  const values = new FormValues()
  for await (const part of partsOf(request)) {
    const { name, isFile, content } = part
    const field = fieldNamed(name)
    if (field === null) {
      for await (const _chunk of content);
      continue
    }
    if (isFile && field.reads !== 'source') throw new ApiError(400, `${shown(name)}: must not be a file`)
    const value = isFile ? new KeptImage(await keeper.keep(Number(field.path[1]), content)) : await textOf(part)
    values.add(name, field, typeof value === 'string' ? readText(name, field, value) : value)
  }
  return values.toObject()
}

async function textOf({ name, content }: FormPart): Promise<string> {
  const chunks: Uint8Array[] = []
  let sizeBytes = 0
  for await (const chunk of content) {
    sizeBytes += chunk.length
    if (sizeBytes > maxTextBytes) {
      throw new ApiError(
        400,
        `${shown(name)}: a text has at most ${maxTextBytes} bytes; send an image with a file name`,
      )
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}
