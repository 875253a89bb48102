/** Postgres keeps no NUL and no half of a surrogate pair; in JSON text both can only be written as an escape. */
const suspiciousEscape = /\\u(?:0000|d[89a-f])/i

/** The same value with every character that cannot be stored replaced, in keys too. `source`: the JSON it came from. */
export const toStorable = (value: unknown, source: string): unknown =>
  source.includes('\\u') && suspiciousEscape.test(source) ? replaced(value) : value

export const storableText = (text: string): string => text.replaceAll('\0', '\ufffd').toWellFormed()

function replaced(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(replaced)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [storableText(key), replaced(item)]))
}
