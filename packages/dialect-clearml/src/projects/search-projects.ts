import type { Condition, Project } from '@inferq/domain'
import type { Call } from '../call.ts'
import { projectCollection } from '../query/collection.ts'
import { isEmpty } from '../query/conditions.ts'
import { listCondition } from '../query/list-condition.ts'
import { narrow, parseQuery, type Query, searchFor } from '../query/parse-query.ts'
import { type QueryRequest, readFlag } from '../query/request.ts'
import { withSubprojects } from '../query/subprojects.ts'

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
 * any other search finds what is below `parent` at any depth. No parent, written as null in the list, is the top.
 */
async function readDepth(
  { services, identity }: Call,
  request: QueryRequest,
): Promise<{ asked: QueryRequest; depth: Condition | null }> {
  const { parent = null, ...others } = request
  if (readFlag(request, 'shallow_search')) {
    return parent === null ? { asked: request, depth: isEmpty(['parent']) } : { asked: request, depth: null }
  }
  const depth = parent === null ? null : listCondition(['parent'], 'parent', parent)
  const expand = (ids: readonly string[]) => services.projects.withDescendants(identity.company, ids)
  return { asked: others, depth: depth && (await withSubprojects(depth, expand, 'parent')) }
}
