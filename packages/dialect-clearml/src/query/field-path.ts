import type { FieldPath } from '@inferq/domain'
import { invalid } from './refuse.ts'

/** Maps whose keys people choose, and how many parts a path into each may have. */
const mapDepths = new Map([
  ['hyperparams', 4],
  ['configuration', 4],
])

/** What lies deeper can only be a chain of references, each of which costs a load. */
const maxDepth = 10

/** Older names of what is kept elsewhere now. */
const renamed: readonly (readonly [from: string, to: string])[] = [
  ['execution.parameters', 'hyperparams.Args'],
  ['execution.model_desc', 'configuration'],
  ['execution.docker_cmd', 'container'],
]

/**
 * A dotted path, each part as it is written in the document: names are escaped in paths since they may hold dots. Throws
 * 400/12 for an empty part, and for a path that leads deeper than there is anything.
 */
export function fieldPath(dotted: string, field: string): FieldPath {
  const parts = currentName(dotted).split('.').map(unescapePart)
  if (parts.includes('')) throw invalid(field, `the path "${dotted}" has an empty part`)
  const depth = mapDepths.get(parts[0] as string) ?? maxDepth
  if (parts.length > depth) throw invalid(field, `the path "${dotted}" has more than ${depth} parts`)
  return parts
}

/** A parameter's item, or its field, as the field that conditions and order are about: its value. */
export const valuePath = (path: FieldPath): FieldPath =>
  path[0] === 'hyperparams' && path.length === 3 ? [...path, 'value'] : path

function currentName(dotted: string): string {
  if (dotted === 'execution.parameters') return 'hyperparams'
  for (const [from, to] of renamed) {
    if (dotted === from || dotted.startsWith(`${from}.`)) return to + dotted.slice(from.length)
  }
  return dotted
}

const escapes: Readonly<Record<string, string>> = { '%2e': '.', '%24': '$', '%_%_': '__', '%%': '%' }

/** Once, from left to right; what is no escape stays as it is. */
const unescapePart = (part: string): string =>
  part.replace(/%2e|%24|%_%_|%%/gi, (code) => escapes[code.toLowerCase()] as string)
