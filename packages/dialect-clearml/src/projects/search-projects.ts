import type { Condition, Project } from '@inferq/domain'
import type { Call } from '../call.ts'
import { projectCollection } from '../query/collection.ts'
import { isEmpty } from '../query/conditions.ts'
import { narrow, parseQuery, type Query, searchFor } from '../query/parse-query.ts'
import { type QueryRequest, readFlag, readTexts } from '../query/request.ts'

/** What a query for projects finds. With `also`, only what fits that too. */
export async function searchProjects(
  call: Call,
  request: QueryRequest,
  also: Condition | null = null,
): Promise<{ query: Query; projects: readonly Project[] }> {
  const { asked, depth } = await readDepth(call, request)
  const conditions = [depth, also].filter((condition) => condition !== null)
  const query = conditions.reduce(narrow, parseQuery(asked, projectCollection))
  return { query, projects: await call.services.projects.searchProjects(await searchFor(call, query)) }
}

/**
 * How deep to look: a shallow search finds the direct children of `parent`, or what is at the top when none is given;
 * any other search finds what is below `parent` at any depth.
 */
async function readDepth(
  { services, identity }: Call,
  request: QueryRequest,
): Promise<{ asked: QueryRequest; depth: Condition | null }> {
  const { parent = null, ...others } = request
  if (readFlag(request, 'shallow_search')) {
    return parent === null ? { asked: request, depth: isEmpty(['parent']) } : { asked: request, depth: null }
  }
  const parents = readTexts(request, 'parent') ?? []
  if (parents.length === 0) return { asked: others, depth: null }
  const values = await services.projects.withDescendants(identity.company, parents)
  return { asked: others, depth: { kind: 'any_of', field: ['parent'], values } }
}
