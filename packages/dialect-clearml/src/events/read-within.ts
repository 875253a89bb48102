import { maxPageChars } from './limits.ts'

/** How large the texts of items are: of the largest that there may be, and of one. */
export interface ItemChars<Item> {
  readonly most: number
  readonly of: (item: Item) => number
}

/**
 * Reads some more, again and again, until there are `limit` of them, their texts are enough for one answer, or there are
 * no more. Begins with as many as fit in any case and becomes bolder by what it has seen.
 */
export async function readWithin<Item>(
  limit: number,
  { most, of }: ItemChars<Item>,
  readSome: (count: number) => Promise<{ items: readonly Item[]; more: boolean }>,
): Promise<Item[]> {
  const all: Item[] = []
  let chars = 0
  let count = Math.ceil(maxPageChars / most)
  while (all.length < limit && chars < maxPageChars) {
    const { items, more } = await readSome(Math.min(count, limit - all.length))
    for (const item of items) {
      all.push(item)
      chars += of(item)
    }
    if (!more) break
    const roomFor = Math.ceil((maxPageChars - chars) / Math.max(chars / all.length, 1))
    count = Math.min(count * growth, roomFor)
  }
  return all
}

const growth = 8
