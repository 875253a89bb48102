import type { FastifyRequest } from 'fastify'
import { queryOf } from './query.ts'
import { type Slice, sliceOf } from './slice.ts'

export interface Page<Item> {
  /** Over all pages. */
  count: number
  next: string | null
  previous: string | null
  results: readonly Item[]
}

type Asked = Pick<FastifyRequest, 'url' | 'protocol' | 'host'>

/** The answer of every list: what is there of it, and where the pages beside it are. */
export function pageOf<Item>(
  request: Asked,
  { count, results }: { count: number; results: readonly Item[] },
): Page<Item> {
  return { count, ...linksOf(request, count), results }
}

/** Absolute, since clients follow them as they stand; with every parameter of this request, since clients add nothing. */
export function linksOf(request: Asked, count: number): Pick<Page<never>, 'next' | 'previous'> {
  const slice = sliceOf(queryOf(request))
  const { offset, limit } = slice
  return {
    next: offset + limit < count ? linkTo(request, slice, offset + limit) : null,
    previous: offset > 0 ? linkTo(request, slice, Math.max(0, offset - limit)) : null,
  }
}

function linkTo(request: Asked, { limit, by }: Slice, offset: number): string {
  const query = queryOf(request)
  const place = by === 'page' ? { page: offset / limit + 1, page_size: limit } : { offset, limit }
  for (const [name, value] of Object.entries(place)) query.set(name, String(value))
  return `${request.protocol}://${request.host}${request.url.split('?', 1)[0]}?${query}`
}
