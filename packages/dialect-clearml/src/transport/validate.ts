import { fieldPath } from '@inferq/domain'
import { z } from 'zod'
import { ApiError } from '../errors/api-error.ts'

/** The request as the schema makes it. Throws `400/12` that names the first field that is wrong. */
export function validate<Schema extends z.ZodType>(schema: Schema, data: unknown): z.output<Schema> {
  const parsed = schema.safeParse(data)
  if (parsed.success) return parsed.data
  throw invalid(parsed.error, data)
}

/** What a schema refused, in this language's words; without `data` a missing field reads as one of a wrong type. */
export function invalid({ issues }: z.ZodError, data?: unknown): ApiError {
  const [issue] = issues
  if (issue === undefined) return new ApiError('validation')
  const field = fieldPath(issue.path)
  if (issue.code === 'unrecognized_keys') {
    return new ApiError(
      'validation',
      `error for field '${fieldPath([...issue.path, issue.keys[0] ?? ''])}'. unknown field`,
    )
  }
  const isMissing = isPresent(data) && !isPresent(valueAt(data, issue.path))
  return new ApiError('validation', `error for field '${field}'. ${isMissing ? 'field is required!' : issue.message}`)
}

const isPresent = (value: unknown) => value !== undefined && value !== null

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let value = data
  for (const step of path) value = isPresent(value) ? (value as Record<PropertyKey, unknown>)[step] : undefined
  return value
}

export const isZodError = (error: unknown): error is z.ZodError => error instanceof z.ZodError
