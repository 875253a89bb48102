import { z } from 'zod'

/** Any JSON value. */
export const Json = z.json()
export type Json = z.infer<typeof Json>

/** A JSON value as its text. Inputs and results travel so, and are parsed only where someone reads them. */
export type JsonText = string
