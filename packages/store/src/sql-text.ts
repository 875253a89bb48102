/** Postgres' text holds no NUL. One in a name or an error message becomes the replacement character. */
export const storable = (text: string): string => text.replaceAll('\0', '\ufffd').toWellFormed()

/**
 * Rows as the one JSON parameter of a statement. Without the second look, a NUL or half a surrogate pair in one
 * producer's text would make Postgres refuse the batch, and with it everyone else's rows.
 */
export function jsonRows(rows: readonly object[]): string {
  const text = JSON.stringify(rows)
  if (!text.includes('\\u') || !unstorableEscape.test(text)) return text
  return JSON.stringify(rows, (_key, value) => (typeof value === 'string' ? storable(value) : value))
}

/** An escape of the outermost text. JSON carried inside a string has its own escapes, which Postgres takes as they are. */
const unstorableEscape = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/

/** Ids are written without dashes everywhere but in Postgres' uuid columns, which take either form. */
export const idOf = (uuid: string): string => uuid.replaceAll('-', '')
