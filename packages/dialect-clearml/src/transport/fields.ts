import { z } from 'zod'

/** A string, and nothing that could be made one. */
export const text = z.string()

/** Any value, by whether Python would call it true: so clients may send 1, "yes" or a list; and none, which is false. */
export const flag = z.unknown().optional().transform(isTruthy)

/** A whole number, also as the digits of one in a string. */
export const whole = numeric(z.int('expected a whole number'), /^\s*[+-]?\d{1,15}\s*$/, 'expected a whole number')

/** A number, also as text. */
export const number = numeric(z.number(), /^\s*[+-]?\d{1,15}(\.\d{1,15})?\s*$/, 'expected a number')

export const list = <Item extends z.ZodType>(item: Item) => z.array(item)

/** Ids that a request must name: one at least. */
export const ids = z.array(text).min(1)

/** A JSON object with any keys, each value as the schema says. */
export const map = <Value extends z.ZodType>(value: Value) => z.record(z.string(), value)

/** A JSON object that is kept as it is. */
export const anyObject = map(z.unknown())

/** May be left out; null is as good as absent. */
export const optional = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => (value ?? undefined) as z.output<Schema> | undefined)

/** May be left out or null, and then is `value`. */
export const defaulted = <Schema extends z.ZodType>(schema: Schema, value: z.output<Schema>) =>
  schema.nullish().transform((given) => (given ?? value) as z.output<Schema>)

/** Unknown keys are dropped. */
export const object = <Shape extends z.ZodRawShape>(shape: Shape) => z.object(shape)

/** Unknown keys are refused. */
export const strict = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject(shape)

function numeric(schema: z.ZodNumber, asText: RegExp, error: string) {
  return z.union([schema, z.string().regex(asText, error).transform(Number)], { error })
}

export function isTruthy(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return Boolean(value)
  return Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0
}
