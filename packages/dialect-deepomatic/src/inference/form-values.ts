import { ApiError } from '../errors/api-error.ts'
import { type FormField, shown } from './form-field.ts'

type Branch = Map<string | number, Branch | Leaf>
interface Leaf {
  value: unknown
}

/** Puts the parts of a form, which come in any order, together to the object that they spell. */
export class FormValues {
  readonly #root: Branch = new Map()

  /** Throws 400 for an argument that was there before. */
  add(name: string, { path }: FormField, value: unknown): void {
    let branch = this.#root
    for (const step of path.slice(0, -1)) {
      const next = branch.get(step) ?? new Map()
      branch.set(step, next)
      branch = next as Branch
    }
    const last = path.at(-1) as string
    if (branch.has(last)) throw new ApiError(400, `${shown(name)}: is given twice`)
    branch.set(last, { value })
  }

  /** Throws 400 for a list in which a place is left out. */
  toObject(): unknown {
    return objectOf(this.#root, '')
  }
}

function objectOf(branch: Branch, name: string): unknown {
  const entries = [...branch].map(([key, item]) => {
    const under = typeof key === 'number' ? `${name}[${key}]` : `${name}${name && '.'}${key}`
    return [key, item instanceof Map ? objectOf(item, under) : item.value] as const
  })
  if (typeof entries[0]?.[0] !== 'number') return Object.fromEntries(entries)
  const places = entries.toSorted(([one], [other]) => Number(one) - Number(other))
  const gap = places.findIndex(([place], expected) => place !== expected)
  if (gap === -1) return places.map(([, value]) => value)
  throw new ApiError(400, `${name}[${gap}]: is missing; the numbers in brackets go from 0 without a gap`)
}
