import { number, whole } from '../transport/fields.ts'
import type { PlainObject } from '../transport/plain-object.ts'

/** Why one event of a batch is refused. The text is counted and answered, so it names fields and no values. */
export class EventProblem extends Error {
  override readonly name = 'EventProblem'
}

/** Null and absent are alike, and then the answer is `otherwise`; without that the field is required. */
export function readText(event: PlainObject, field: string, maxLength: number, otherwise?: string): string {
  const value = event[field] ?? otherwise
  if (value === undefined) throw required(field)
  if (typeof value !== 'string') throw new EventProblem(`field '${field}': expected a string`)
  if (value.length > maxLength) throw new EventProblem(`field '${field}': longer than ${maxLength} characters`)
  return value
}

/** Also the digits of one as text. */
export function readWhole(event: PlainObject, field: string, otherwise: number): number {
  const value = event[field] ?? otherwise
  if (Number.isSafeInteger(value)) return value as number
  const parsed = whole.safeParse(value)
  if (!parsed.success) throw new EventProblem(`field '${field}': expected a whole number`)
  return parsed.data
}

/** Also a number as text. One that no number can hold is none. */
export function readNumber(event: PlainObject, field: string): number {
  const value = event[field] ?? null
  if (value === null) throw required(field)
  if (Number.isFinite(value)) return value as number
  const parsed = number.safeParse(value)
  if (!parsed.success) throw new EventProblem(`field '${field}': expected a number`)
  return parsed.data
}

/** The end of the year 9999: the last that clients can read as a date. */
const lastTime = Date.UTC(10_000, 0) - 1

export const isTime = (ms: number): boolean => ms >= 0 && ms <= lastTime

/** Milliseconds since 1970. */
export function readTime(event: PlainObject, field: string, otherwise: Date): Date {
  if ((event[field] ?? null) === null) return otherwise
  const ms = readNumber(event, field)
  if (!isTime(ms)) throw new EventProblem(`field '${field}': expected milliseconds since 1970`)
  return new Date(ms)
}

export function readNumbers(event: PlainObject, field: string, maxItems: number): number[] {
  const values = event[field] ?? null
  if (values === null) throw required(field)
  if (!Array.isArray(values) || !values.every((value) => Number.isFinite(value))) {
    throw new EventProblem(`field '${field}': expected a list of numbers`)
  }
  if (values.length > maxItems) throw new EventProblem(`field '${field}': more than ${maxItems} numbers`)
  return values
}

const required = (field: string) => new EventProblem(`field '${field}' is required`)
