import { isPlainObject, type PlainObject } from './plain-object.ts'
import { storableText } from './storable.ts'

/**
 * Query string or form fields as an object: `a.b=1` makes a nested one, a repeated key or one that ends in `[]` a list;
 * digits become numbers, and `true` and `false` booleans.
 */
export function parseParameters(text: string): PlainObject {
  const grouped = new Map<string, unknown[]>()
  for (const [key, value] of new URLSearchParams(text)) {
    const values = grouped.get(key) ?? []
    values.push(readValue(storableText(value)))
    grouped.set(key, values)
  }
  const parameters: PlainObject = {}
  for (const [key, values] of grouped) {
    const isList = key.endsWith('[]')
    const path = storableText(isList ? key.slice(0, -'[]'.length) : key).split('.')
    setAt(parameters, path, isList || values.length > 1 ? values : values[0])
  }
  return parameters
}

/** Objects are merged, all else in `over` takes the place of what is in `under`. */
export function mergeOver(under: PlainObject, over: PlainObject): PlainObject {
  const merged = { ...under }
  for (const [key, value] of Object.entries(over)) {
    const below = Object.hasOwn(under, key) ? under[key] : undefined
    merged[key] = isPlainObject(below) && isPlainObject(value) ? mergeOver(below, value) : value
  }
  return merged
}

/** More digits than these would not come out as the number that they say: ids may be of digits only. */
const digits = /^\d{1,15}$/

function readValue(text: string): unknown {
  if (digits.test(text)) return Number(text)
  if (/^(true|True|TRUE)$/.test(text)) return true
  if (/^(false|False|FALSE)$/.test(text)) return false
  return text
}

const maxPathLength = 20

function setAt(root: PlainObject, path: readonly string[], value: unknown): void {
  if (path.length > maxPathLength || path.includes('__proto__')) return
  let here = root
  for (const key of path.slice(0, -1)) {
    const next = Object.hasOwn(here, key) ? here[key] : undefined
    const inner = isPlainObject(next) ? next : {}
    here[key] = inner
    here = inner
  }
  here[path.at(-1) as string] = value
}
