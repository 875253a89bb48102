import type { Order } from '@inferq/domain'
import type { Collection } from './collection.ts'
import { fieldPath, valuePath } from './field-path.ts'
import { invalidValue } from './refuse.ts'
import { type QueryRequest, readTexts } from './request.ts'

/** `-` in front: descending. A field that the collection does not have orders nothing. */
export function readOrder(request: QueryRequest, { fields }: Collection): readonly Order[] {
  const keys = (readTexts(request, 'order_by') ?? []).map((key) => key.trim()).filter((key) => key !== '')
  return keys.flatMap((key): Order[] => {
    const descending = key.startsWith('-')
    const name = descending ? key.slice(1) : key
    if (name === '@text_score') {
      if (!request.search_text) throw invalidValue('order_by', '@text_score orders only what search_text finds')
      return [{ field: 'text_score', descending }]
    }
    if (name === '') return []
    const field = valuePath(fieldPath(name, 'order_by'))
    return fields.includes(field[0] as string) ? [{ field, descending }] : []
  })
}
