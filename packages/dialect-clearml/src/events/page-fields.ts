import { z } from 'zod'
import { defaulted, number, whole } from '../transport/fields.ts'
import { maxPage } from './limits.ts'
import { isTime } from './read-field.ts'

export const order = z.enum(['asc', 'desc'])

/** A whole number within bounds, also as digits. */
export const within = (least: number, most: number) =>
  whole.refine((value) => value >= least && value <= most, `expected a whole number from ${least} to ${most}`)

/** A whole number from 1; more than the most that there is, is the most. */
export const atLeastOne = (most: number) =>
  whole.refine((value) => value >= 1, 'expected a whole number from 1').transform((value) => Math.min(value, most))

export const pageSize = (usual: number) => defaulted(within(1, maxPage), usual)

/** Milliseconds since 1970. */
export const time = number.refine(isTime, 'expected milliseconds since 1970').transform((ms) => new Date(ms))
