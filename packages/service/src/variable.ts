import type { z } from 'zod'

/** One setting: where it comes from, what it is when nobody sets it, and how its text is read. */
export interface Variable<Schema extends z.ZodType = z.ZodType> {
  /** What it is when it is absent or empty, as text; null: nothing. */
  readonly default: string | null
  readonly meaning: string
  /** Reads the text; gets undefined when there is neither a value nor a default. */
  readonly schema: Schema
  /** Its value is never repeated in a message. */
  readonly isSecret?: true
}

export type Variables = Readonly<Record<string, Variable>>
export type ValuesOf<Table extends Variables> = { readonly [Name in keyof Table]: z.output<Table[Name]['schema']> }

export const variable = <Schema extends z.ZodType>(
  fallback: string | null,
  meaning: string,
  schema: Schema,
): Variable<Schema> => ({ default: fallback, meaning, schema })

export const secret = <Schema extends z.ZodType>(...args: Parameters<typeof variable<Schema>>): Variable<Schema> => ({
  ...variable(...args),
  isSecret: true,
})
