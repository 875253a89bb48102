import { z } from 'zod'
import { invalid } from '../query/refuse.ts'

/** Where a reader of pages is. */
export interface Scroll {
  /** Of the store. Null: there is no more. */
  cursor: string | null
  /** How many there were in all. */
  total: number
}

const scroll = z.object({ cursor: z.string().nullable(), total: z.int() })

/** Undefined: from the start. Throws 400/12 for what is no id of a scroll. */
export const readScroll = (id: string | undefined): Scroll | undefined => decodeScroll(scroll, id)

/** What is decoded is for the caller to check: an id may be from another question. */
export function decodeScroll<Schema extends z.ZodType>(
  schema: Schema,
  id: string | undefined,
): z.output<Schema> | undefined {
  if (id === undefined || id === '') return undefined
  try {
    return schema.parse(JSON.parse(Buffer.from(id, 'base64url').toString()))
  } catch {
    throw invalid('scroll_id', 'expected the scroll_id of an earlier answer')
  }
}

export const encodeScroll = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
