import type { FieldIssue } from '@inferq/contracts'

/** The shape of a schema library's issue that matters here; zod's fits. */
interface SchemaIssue {
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly code?: string
  readonly keys?: readonly string[]
}

/** `['texts', 0]` under `input` reads `input.texts[0]`. */
export function fieldPath(path: readonly PropertyKey[], under = ''): string {
  let text = under
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else text += text === '' ? String(step) : `.${String(step)}`
  }
  return text
}

/** Says field by field what was wrong; an unknown key is named itself rather than the object that holds it. */
export const fieldIssues = (issues: readonly SchemaIssue[], under = ''): FieldIssue[] =>
  issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' && issue.keys
      ? issue.keys.map((key) => ({ field: fieldPath([...issue.path, key], under), problem: 'is not a known field' }))
      : [{ field: fieldPath(issue.path, under), problem: issue.message }],
  )
