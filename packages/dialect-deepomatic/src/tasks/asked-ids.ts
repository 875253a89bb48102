import { z } from 'zod'
import { ApiError } from '../errors/api-error.ts'

const Ids = z.array(z.union([z.string(), z.number().transform(String)]))

/** The ids of all `task_ids`: each is one id, or a JSON array of ids. Throws 400 for an array that is broken. */
export const askedIds = (query: URLSearchParams): string[] =>
  query.getAll('task_ids').flatMap((value) => {
    const text = value.trim()
    return text.startsWith('[') ? idsIn(text) : [text]
  })

function idsIn(text: string): string[] {
  try {
    return Ids.parse(JSON.parse(text))
  } catch (cause) {
    throw new ApiError(400, 'task_ids: an array must be JSON, and hold ids only: ["11","12"]', { cause })
  }
}
