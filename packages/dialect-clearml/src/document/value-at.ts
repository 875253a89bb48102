/** The texts at a path into a document; where it leads through a list, those of all its items. */
export function textsAt(value: unknown, path: readonly string[]): readonly string[] {
  const [part, ...below] = path
  if (part === undefined) return typeof value === 'string' ? [value] : []
  if (Array.isArray(value)) return value.flatMap((item) => textsAt(item, path))
  return isObject(value) && Object.hasOwn(value, part) ? textsAt(value[part], below) : []
}

/** The same value with something else in place of each of these texts. */
export function withValueAt(value: unknown, path: readonly string[], change: (text: string) => unknown): unknown {
  const [part, ...below] = path
  if (part === undefined) return typeof value === 'string' ? change(value) : value
  if (Array.isArray(value)) return value.map((item) => withValueAt(item, path, change))
  if (!isObject(value) || !Object.hasOwn(value, part)) return value
  return { ...value, [part]: withValueAt(value[part], below, change) }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
