import { ApiError } from '../errors/api-error.ts'

/** A field of the wrong type or out of its range: 400/12. */
export const invalid = (field: string, problem: string): ApiError =>
  new ApiError('validation', `error for field '${short(field)}'. ${short(problem)}`)

/** A value that the query language does not know: 400/16. */
export const invalidValue = (field: string, problem: string): ApiError =>
  new ApiError('fieldsValue', `error for field '${short(field)}'. ${short(problem)}`)

/** A field that the collection does not have: 400/14. */
export const unknownField = (collection: string, field: string): ApiError =>
  new ApiError('invalidFields', 'Lookup error', { collection, field: short(field) })

/** What a client sent comes back in the message, but not megabytes of it. */
const short = (text: string) => text.slice(0, 200)
