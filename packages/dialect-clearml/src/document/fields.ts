import { isoDate } from './iso-date.ts'

/** An object as it goes out. */
export type WireDocument = Record<string, unknown>

/** Makes each field of a document, from the record and what belongs to it. Undefined: the field is left out. */
export type FieldWriters<Source extends readonly unknown[]> = Readonly<Record<string, (...source: Source) => unknown>>

/** A time, or nothing while it has not come. */
export const timeOf = (date: Date | null): string | undefined => (date === null ? undefined : isoDate(date))
