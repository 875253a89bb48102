import { z } from 'zod'

/** What is said of a field that is not there, and of one that is not what it should be. */
export const must = (be: string) => ({
  error: ({ input }: { input?: unknown }) =>
    input === undefined || input === null ? `is required: ${be}` : `must be ${be}`,
})

/** A field that need not be there, and is not where it is null. */
export const optional = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => value ?? undefined)

type Words = readonly [string, ...string[]]

/** One of these words. `later` are those that only marengo3.5 has. */
export const oneOf = <const Values extends Words>(values: Values, later: readonly string[] = []) =>
  z.enum(values, {
    error: ({ input }) =>
      later.includes(input as string)
        ? `"${input}" ${notOffered}`
        : must(`one of ${values.join(', ')}`).error({ input }),
  })

/** One or more of these words, each once. */
export function someOf<const Values extends Words>(values: Values, later: readonly string[] = []) {
  const list = `a list of one or more of ${values.join(', ')}, each once`
  return z
    .array(oneOf(values, later), must(list))
    .min(1, `must be ${list}`)
    .refine((items) => new Set(items).size === items.length, `must be ${list}`)
}

/** A field that only marengo3.5 has. What says the same as its absence is taken. */
export const later = (...harmless: readonly unknown[]) =>
  z
    .unknown()
    .refine((value) => [undefined, null, ...harmless].includes(value), notOffered)
    .optional()

export const notOffered = 'is a part of marengo3.5, which this server does not offer'
