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

/** A document for a `jsonb` column, as JSON text; whatever Postgres would refuse in its texts and keys is replaced. */
export const jsonText = (document: object): string =>
  JSON.stringify(document).replaceAll(unstorableEscapes, '$1\\ufffd')

const unstorableEscapes = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g

/** Ids are written without dashes everywhere but in Postgres' uuid columns, which take either form. */
export const idOf = (uuid: string): string => uuid.replaceAll('-', '')

/** Whether it can be the id of a row at all: Postgres ends a whole transaction over a uuid that is none. */
export const isId = (text: string): boolean => /^[0-9a-f]{32}$/.test(text)

/** The records in the order of the ids, each once; ids without a record are left out. */
export function inOrder<T extends { id: string }>(ids: readonly string[], records: readonly T[]): T[] {
  const byId = new Map(records.map((record) => [record.id, record]))
  return [...new Set(ids)].flatMap((id) => byId.get(id) ?? [])
}
