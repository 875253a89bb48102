import { z } from 'zod'
import { must, oneOf } from '../request/fields.ts'
import { pageFields } from '../request/page.ts'
import { wireStatuses } from './wire-status.ts'

const time = 'a time as in RFC 3339, such as 2026-01-02T03:04:05Z'
const Time = z
  .string(must(time))
  // A plus in a query is a space, unless it was encoded.
  .transform((text) => text.toUpperCase().replace(' ', '+'))
  .pipe(z.iso.datetime({ offset: true, error: `must be ${time}` }))
  .transform((text) => new Date(text))

/** What a list may be asked with; other parameters are not looked at. */
export const ListQuery = z.object({
  started_at: Time.optional(),
  ended_at: Time.optional(),
  status: oneOf(wireStatuses).optional(),
  ...pageFields,
})
export type ListQuery = z.output<typeof ListQuery>
