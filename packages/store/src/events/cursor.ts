/** A position as text that its holder is to hand back unread. */
export const toCursor = (position: readonly (string | number | undefined)[]): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url')

/** Null when it is none of ours: a page then begins anew. */
export function fromCursor<T>(
  cursor: string | null,
  isPosition: (value: unknown[]) => value is T & unknown[],
): T | null {
  if (cursor === null) return null
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(position) && isPosition(position) ? position : null
  } catch {
    return null
  }
}
