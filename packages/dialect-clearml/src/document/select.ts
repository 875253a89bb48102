import { type Selection, selectionOf } from '../query/selection.ts'
import type { FieldWriters, WireDocument } from './fields.ts'

/** The fields that are asked for, and the id. What nobody asks for is not even made. */
export function writeFields<Source extends readonly unknown[]>(
  writers: FieldWriters<Source>,
  selection: Selection,
  ...source: Source
): WireDocument {
  const document: WireDocument = {}
  for (const [field, write] of Object.entries(writers)) {
    const part = selectionOf(selection, field)
    if (part === null && field !== 'id') continue
    const value = write(...source)
    if (value !== undefined) document[field] = part === null ? value : select(value, part)
  }
  return document
}

/** The parts of a value that are asked for; of a list, of each of its items. What has no parts stays as it is. */
export function select(value: unknown, selection: Selection): unknown {
  if (typeof value !== 'object' || value === null || (selection.rest && selection.named.size === 0)) return value
  if (Array.isArray(value)) return value.map((item) => select(item, selection))
  const selected: WireDocument = {}
  for (const [key, part] of Object.entries(value)) {
    const below = selectionOf(selection, key)
    if (below !== null) selected[key] = select(part, below)
  }
  return selected
}
