import { fieldIssues, fieldPath } from '@inferq/domain'
import type { z } from 'zod'
import { ApiError } from '../errors/api-error.ts'

/**
 * What was sent, as the schema has it; `under` is the field that holds it. Throws 400 that names each field that is
 * wrong by its path on the wire, and says what would be right. The first of them decides on the code.
 */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown, under = ''): z.output<Schema> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const { issues } = parsed.error
  const shown = fieldIssues(issues, under).map(({ field, problem }) => `${field || 'the body'}: ${problem}`)
  const isMissing = issues[0] !== undefined && !isGiven(value, issues[0].path)
  const code = isMissing ? 'parameter_not_provided' : 'parameter_invalid'
  throw new ApiError(code, shown.slice(0, maxIssues).join('; '))
}

/** A field that is null is one that is not there. */
function isGiven(value: unknown, path: readonly PropertyKey[]): boolean {
  let at: unknown = value
  for (const step of path) at = (at as Record<PropertyKey, unknown> | null | undefined)?.[step]
  return at !== undefined && at !== null
}

/** For a field alone that turned out to be wrong. */
export const refuse = (path: readonly PropertyKey[], problem: string, cause?: unknown): ApiError =>
  new ApiError('parameter_invalid', `${fieldPath(path)}: ${problem}`, { cause })

/** More would not make a caller wiser. */
const maxIssues = 10
