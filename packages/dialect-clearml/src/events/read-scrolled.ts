import { type ItemChars, readWithin } from './read-within.ts'
import { encodeScroll, readScroll } from './scroll.ts'

/** A page of what the store reads with a cursor, and the id by which the next one is asked for. One after the end is empty. */
export async function readScrolled<Item>(
  scrollId: string | undefined,
  limit: number,
  chars: ItemChars<Item>,
  readSome: (
    cursor: string | null,
    count: number,
  ) => Promise<{ events: readonly Item[]; cursor: string | null; total: number }>,
): Promise<{ items: readonly Item[]; total: number; scroll_id: string }> {
  const scroll = readScroll(scrollId)
  let { cursor, total } = scroll ?? { cursor: null, total: 0 }
  if (scroll?.cursor === null) return { items: [], total, scroll_id: encodeScroll(scroll) }
  const items = await readWithin(limit, chars, async (count) => {
    const page = await readSome(cursor, count)
    cursor = page.cursor
    total = page.total
    return { items: page.events, more: cursor !== null }
  })
  return { items, total, scroll_id: encodeScroll({ cursor, total }) }
}
