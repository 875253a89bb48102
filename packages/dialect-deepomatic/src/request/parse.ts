import { fieldIssues } from '@inferq/domain'
import type { z } from 'zod'
import { ApiError } from '../errors/api-error.ts'

/** What was sent, as the schema has it. Throws 400 that names each field that is wrong, and says what would be right. */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown, under = ''): z.output<Schema> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issues = fieldIssues(parsed.error.issues, under).map(
    ({ field, problem }) => `${field || 'the body'}: ${problem}`,
  )
  throw new ApiError(400, issues.slice(0, maxIssues).join('; '))
}

/** More would not make a caller wiser. */
const maxIssues = 10
