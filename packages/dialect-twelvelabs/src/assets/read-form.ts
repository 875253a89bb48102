import { type FormFault, formParts, skip, textOf } from '@inferq/forms'
import type { FastifyRequest } from 'fastify'
import { ApiError } from '../errors/api-error.ts'
import type { Upload } from './upload.ts'

/** Of the text of one part: an address is the longest. */
const maxTextBytes = 8_192
const maxParts = 100
const texts = ['method', 'url', 'filename']

/** What a form says, as JSON would say it; its file is stored as it comes. Throws 400. */
export async function readForm(request: FastifyRequest, upload: Upload): Promise<Record<string, unknown>> {
  const fields = new Map<string, unknown>()
  for await (const part of formParts(request, { maxParts, refuse })) {
    const { name } = part
    if (fields.has(name)) throw new ApiError('parameter_invalid', `${name}: is given twice`)
    if (name === 'file') fields.set(name, await upload.store(part))
    else if (texts.includes(name)) fields.set(name, await textOf(part, textRules(name)))
    else await skip(part)
  }
  return Object.fromEntries(fields)
}

const textRules = (name: string) => ({
  maxBytes: maxTextBytes,
  refuse: () => new ApiError('parameter_invalid', `${name}: must have at most ${maxTextBytes} bytes`),
})

function refuse(fault: FormFault, cause: unknown): ApiError {
  switch (fault) {
    case 'too_many_parts':
      return new ApiError('parameter_invalid', `a form has at most ${maxParts} parts`)
    case 'name_not_allowed':
      return new ApiError('parameter_invalid', 'the form has a part of which the name is not allowed')
    case 'not_whole':
      return new ApiError('parameter_invalid', 'the form did not arrive whole: it must end in its boundary', { cause })
  }
}
