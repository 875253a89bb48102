import { ApiError } from '../errors/api-error.ts'

/** Nothing at all is undefined, and misses every field that is required. Throws 400. */
export function parseJson(text: string): unknown {
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw new ApiError('parameter_invalid', 'the body is not valid JSON')
  }
}
