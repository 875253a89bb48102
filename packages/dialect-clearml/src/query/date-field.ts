import { z } from 'zod'
import { text } from '../transport/fields.ts'
import { parseDate } from './parse-date.ts'

/** A date as the query language reads it, as the field of a request. */
export const date = z.union([text, z.number()]).transform((value, context) => {
  const parsed = parseDate(value)
  if (parsed !== null) return parsed
  context.addIssue('expected a date such as 2020-02-24T15:05:35.426+00:00')
  return z.NEVER
})
