import { invalid } from './refuse.ts'
import { type QueryRequest, readFlag, readText, readWhole } from './request.ts'

/** How long a scroll's position is good for. */
const keptMs = 600_000

/** The most that one call of a scroll answers; a client goes on until an answer is empty. */
const maxScrollSize = 10_000

/** Where a scroll goes on. Null: the request is not one. */
export function readScroll(request: QueryRequest, now = Date.now()): { offset: number; limit: number } | null {
  if (!('scroll_id' in request)) return null
  const size = readWhole(request, 'size', 1)
  if (size === undefined) throw invalid('size', 'field is required when scrolling')
  const position = positionOf(readText(request, 'scroll_id') ?? '', now)
  return readFlag(request, 'refresh_scroll')
    ? { offset: 0, limit: Math.min(Math.max(position, size), maxScrollSize) }
    : { offset: position, limit: Math.min(size, maxScrollSize) }
}

/** The position is in the id itself, so any api instance can go on and nothing is kept for those who do not. */
export const scrollId = (position: number, now = Date.now()): string =>
  Buffer.from(JSON.stringify([position, now + keptMs])).toString('base64url')

/** Unknown or expired: from the start. */
function positionOf(id: string, now: number): number {
  const [, position, until] = /^\[(\d{1,15}),(\d{1,15})\]$/.exec(Buffer.from(id, 'base64url').toString()) ?? []
  return position !== undefined && Number(until) > now ? Number(position) : 0
}
