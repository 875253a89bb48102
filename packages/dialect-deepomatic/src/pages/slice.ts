import { ApiError } from '../errors/api-error.ts'

/** Which part of a list is asked for, and in which of the two ways. */
export interface Slice {
  offset: number
  limit: number
  by: 'offset' | 'page'
}

const usualLimit = 100
const maxLimit = 1_000

/** `page` and `page_size` count only where neither `offset` nor `limit` is there. Throws 400. */
export function sliceOf(query: URLSearchParams): Slice {
  const isByPage = !query.has('offset') && !query.has('limit') && (query.has('page') || query.has('page_size'))
  if (!isByPage) {
    return { offset: wholeNumber(query, 'offset', 0, 0), limit: length(query, 'limit'), by: 'offset' }
  }
  const limit = length(query, 'page_size')
  const offset = (wholeNumber(query, 'page', 1, 1) - 1) * limit
  return { offset: Math.min(offset, Number.MAX_SAFE_INTEGER), limit, by: 'page' }
}

const length = (query: URLSearchParams, name: string) => Math.min(wholeNumber(query, name, usualLimit, 1), maxLimit)

function wholeNumber(query: URLSearchParams, name: string, usual: number, min: number): number {
  const text = query.get(name)
  if (text === null) return usual
  const value = /^\d+$/.test(text) ? Math.min(Number(text), Number.MAX_SAFE_INTEGER) : Number.NaN
  if (value >= min) return value
  throw new ApiError(400, `${name}: must be a whole number of ${min} or more`)
}
