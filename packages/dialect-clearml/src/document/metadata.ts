import type { Document } from '@inferq/domain'
import type { z } from 'zod'
import { list, map, object, optional, text } from '../transport/fields.ts'
import { onlyGiven } from './only-given.ts'

const itemFields = { type: optional(text), value: optional(text) }

/** Items that say their own keys. */
export const metadataItems = list(object({ key: text.min(1), ...itemFields }).transform(onlyGiven)).min(1)
type MetadataItems = z.output<typeof metadataItems>

/** Items by their keys, as they are kept; one may leave its own out. */
export const metadataMap = map(object({ key: optional(text), ...itemFields }).transform(onlyGiven)).transform((items) =>
  Object.fromEntries(Object.entries(items).map(([key, item]) => [key, { ...item, key: item.key ?? key }])),
)

/** With these items, in place of those that have their keys, or of all. */
export const withItems = (present: Document, items: MetadataItems, replaceAll: boolean): Document => ({
  ...(replaceAll ? {} : present),
  ...Object.fromEntries(items.map((item) => [item.key, item])),
})

/** Keys that are not there are passed over. */
export const withoutKeys = (present: Document, keys: readonly string[]): Document =>
  Object.fromEntries(Object.entries(present).filter(([key]) => !keys.includes(key)))
