import { maxImagesPerTask } from '@inferq/contracts'
import { ApiError } from '../errors/api-error.ts'

/** What the name of a part says: which argument it is, and how its text is to be read. */
export interface FormField {
  path: readonly (string | number)[]
  reads: 'boolean' | 'number' | 'source'
}

const index = '\\[(0|[1-9]\\d{0,5})\\]'
const imageField = new RegExp(`^inputs${index}[.]?image[.](.+)$`)
const corner = /^bbox[.](xmin|ymin|xmax|ymax)$/
const coordinate = new RegExp(`^polygon${index}[.]?(x|y)$`)

/** Null: a name that says nothing here. Throws 400 for an input that is not one. */
export function fieldNamed(name: string): FormField | null {
  if (name === 'show_discarded') return { path: [name], reads: 'boolean' }
  if (name === 'max_predictions') return { path: [name], reads: 'number' }
  if (!name.startsWith('inputs')) return null
  const [, place, rest] = imageField.exec(name) ?? []
  const field = rest === undefined ? null : imageFieldNamed(rest)
  if (field === null) {
    throw new ApiError(400, `${shown(name)}: is not a part of an image, such as inputs[0]image.source`)
  }
  if (Number(place) >= maxImagesPerTask) {
    throw new ApiError(400, `${shown(name)}: one request holds at most ${maxImagesPerTask} inputs`)
  }
  return { path: ['inputs', Number(place), 'image', ...field.path], reads: field.reads }
}

function imageFieldNamed(name: string): FormField | null {
  if (name === 'source') return { path: [name], reads: 'source' }
  if (name === 'crop_uniform_background') return { path: [name], reads: 'boolean' }
  const [, side] = corner.exec(name) ?? []
  if (side !== undefined) return { path: ['bbox', side], reads: 'number' }
  const [, point, axis] = coordinate.exec(name) ?? []
  if (axis !== undefined) return { path: ['polygon', Number(point), axis], reads: 'number' }
  return null
}

/** Names are the caller's own; an answer does not repeat a long one. */
export const shown = (name: string): string => (name.length > 100 ? `${name.slice(0, 100)}...` : name)
