import type { z } from 'zod'

const shownIssues = 5

/** What is wrong and where, on one line for people: `texts.2: a text has at least one character; ...`. */
export function issuesOf(error: z.ZodError): string {
  const lines = error.issues.slice(0, shownIssues).map(({ path, message }) => {
    return path.length === 0 ? message : `${path.join('.')}: ${message}`
  })
  const more = error.issues.length - shownIssues
  return more > 0 ? `${lines.join('; ')}; and ${more} more` : lines.join('; ')
}
