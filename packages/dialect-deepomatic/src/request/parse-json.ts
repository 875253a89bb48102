import { ApiError } from '../errors/api-error.ts'

/** Clients say that they send JSON where they send nothing at all. Throws 400. */
export function parseJson(text: string): unknown {
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw new ApiError(400, 'the body is not valid JSON')
  }
}
