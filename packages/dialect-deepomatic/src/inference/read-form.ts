import { type FormFault, formParts, skip, textOf } from '@inferq/forms'
import type { FastifyRequest } from 'fastify'
import { ApiError } from '../errors/api-error.ts'
import { fieldNamed, shown } from './form-field.ts'
import { readText } from './form-text.ts'
import { FormValues } from './form-values.ts'
import type { ImageKeeper } from './image-keeper.ts'
import { KeptImage } from './source.ts'

/** Of the text of one part: an address of an image is the longest. */
const maxTextBytes = 8_192
/** A polygon of a thousand points has two parts for each. */
const maxParts = 200_000

/** What a form asks for, as JSON would say it; its files are kept as they come. Throws 400, 413. */
export async function readForm(request: FastifyRequest, keeper: ImageKeeper): Promise<unknown> {
  const values = new FormValues()
  for await (const part of formParts(request, { maxParts, refuse })) {
    const { name, content } = part
    const isFile = part.filename !== null
    const field = fieldNamed(name)
    if (field === null) {
      await skip(part)
      continue
    }
    if (isFile && field.reads !== 'source') throw new ApiError(400, `${shown(name)}: must not be a file`)
    const value = isFile
      ? new KeptImage(await keeper.keep(Number(field.path[1]), content))
      : await textOf(part, textRules(name))
    values.add(name, field, typeof value === 'string' ? readText(name, field, value) : value)
  }
  return values.toObject()
}

const textRules = (name: string) => ({
  maxBytes: maxTextBytes,
  refuse: () =>
    new ApiError(400, `${shown(name)}: a text has at most ${maxTextBytes} bytes; send an image with a file name`),
})

function refuse(fault: FormFault, cause: unknown): ApiError {
  switch (fault) {
    case 'too_many_parts':
      return new ApiError(413, `a form has at most ${maxParts} parts`)
    case 'name_not_allowed':
      return new ApiError(400, 'the form has a part of which the name is not allowed')
    case 'not_whole':
      return new ApiError(400, 'the form did not arrive whole: it must end in its boundary', { cause })
  }
}
