export type PlainObject = Record<string, unknown>

/** A JSON object: neither null nor a list. */
export const isPlainObject = (value: unknown): value is PlainObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
