import { DomainError, fieldIssues } from '@inferq/domain'
import type { FastifySchemaCompiler } from 'fastify'
import type { z } from 'zod'

/** Holds each part of a request against its schema; a refusal names the fields, the body's without a prefix. */
export const zodValidator: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  const under = httpPart === 'body' ? '' : (httpPart ?? '')
  return (data) => {
    const parsed = schema.safeParse(data)
    if (parsed.success) return { value: parsed.data }
    const issues = fieldIssues(parsed.error.issues, under)
    return { error: new DomainError('REQUEST_INVALID', 'the request is not valid', { issues }) }
  }
}
