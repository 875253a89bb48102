import type { Condition, Order, Search } from '@inferq/domain'
import type { Call } from '../call.ts'
import type { Collection } from './collection.ts'
import { allOf } from './conditions.ts'
import { readOrder } from './order-by.ts'
import { readPage } from './paging.ts'
import { type QueryRequest, readFlag } from './request.ts'
import { readScroll, scrollId } from './scroll.ts'
import { readSelection, type Selection } from './selection.ts'
import { withSubprojects } from './subprojects.ts'
import { readWhere } from './where.ts'

/** A request of the query language, understood. */
export interface Query {
  where: Condition | null
  order: readonly Order[]
  offset: number
  limit: number
  publicToo: boolean
  selection: Selection
  includeSubprojects: boolean
  scrolls: boolean
}

/**
 * Reads a request of `<service>.get_all`, `get_all_ex` or `get_by_id_ex` (the latter does not scroll). Throws ApiError
 * 400/11, 400/12, 400/14, 400/16; a bad regular expression is found out by the store. Fields that the collection does
 * not know are passed over: an endpoint reads its own, and adds what they ask for with `narrow`.
 */
export function parseQuery(request: QueryRequest, collection: Collection, options: { scroll?: boolean } = {}): Query {
  const scroll = options.scroll === false ? null : readScroll(request)
  return {
    where: readWhere(request, collection),
    order: readOrder(request, collection),
    ...(scroll ?? readPage(request)),
    publicToo: readFlag(request, 'allow_public', true),
    selection: readSelection(request, collection),
    includeSubprojects: readFlag(request, 'include_subprojects'),
    scrolls: scroll !== null,
  }
}

/** The same query with one more condition. */
export const narrow = (query: Query, condition: Condition): Query => ({
  ...query,
  where: allOf([query.where, condition]),
})

/** What the store is to be asked on behalf of the caller. */
export async function searchFor({ identity, services }: Call, query: Query): Promise<Search> {
  const { where, order, offset, limit, publicToo, includeSubprojects } = query
  const { company } = identity
  const expanded =
    where && includeSubprojects
      ? await withSubprojects(where, (ids) => services.projects.withDescendants(company, ids))
      : where
  return { company, publicToo, where: expanded, order, offset, limit }
}

/** `{ scroll_id }` when the request scrolls, else nothing; to be spread into the answer. */
export const scrollAnswer = (query: Query, found: number): { scroll_id?: string } =>
  query.scrolls ? { scroll_id: scrollId(query.offset + found) } : {}
