import { ImageSource } from '@inferq/contracts'
import { z } from 'zod'

/** An image that came as a part of a form, and is kept already. No JSON can make one. */
export class KeptImage {
  readonly source: ImageSource
  constructor(source: ImageSource) {
    this.source = source
  }
}

/** Where an image is: said in full, or its bytes, which are still to be kept. */
export type ReadSource = { source: ImageSource } | { bytes: Buffer }

/** `source` of an image in any of its forms. */
export const Source = z.unknown().transform((value, context): ReadSource => {
  if (value instanceof KeptImage) return { source: value.source }
  const read = typeof value === 'string' ? readText(value) : `must be ${forms}`
  if (typeof read !== 'string') return read
  context.addIssue({ code: 'custom', message: read })
  return z.NEVER
})

const forms =
  'an address that starts with http:// or https://, base64 as data:image/{format};base64,{data}, or a file of a form'

/** Answers what is wrong with it, as text, where it cannot be read. */
function readText(text: string): ReadSource | string {
  if (/^https?:\/\//i.test(text)) {
    const { success, data } = ImageSource.safeParse({ url: text })
    return success ? { source: data } : 'is not a whole address of at most 4096 characters'
  }
  const [head, encoding] = /^data:image\/[^;,]{1,100};(base64|binary),/i.exec(text) ?? []
  if (head === undefined || encoding === undefined) return `must be ${forms}`
  if (encoding.toLowerCase() === 'binary')
    return 'binary data cannot be sent as text; send it in base64, or as a file of a form'
  return readBase64(text.slice(head.length).replaceAll(/\s/g, ''))
}

function readBase64(text: string): ReadSource | string {
  const isWhole = /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.replaceAll('=', '').length % 4 !== 1
  return isWhole ? { bytes: Buffer.from(text, 'base64') } : 'is not valid base64'
}
