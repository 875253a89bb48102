import type { TimeRange } from '@inferq/domain'
import { z } from 'zod'
import { ApiError } from '../errors/api-error.ts'
import { whole } from '../transport/fields.ts'

/** Epoch seconds that are a date. */
const seconds = z
  .number()
  .min(0)
  .max(8.64e12 - 86_400)

const longestInterval = 366 * 86_400

/** A period cut into buckets of `interval` seconds. */
export const timeRangeFields = {
  from_date: seconds,
  to_date: seconds,
  interval: whole.pipe(z.number().min(1).max(longestInterval)),
}

/** More would be no figure any more, and would have to be made in memory. */
const mostBuckets = 20_000

type TimeRangeRequest = z.output<z.ZodObject<typeof timeRangeFields>>

/** Throws 400/16 when it ends before it begins, 400/12 when it has too many buckets. */
export function timeRange({ from_date, to_date, interval }: TimeRangeRequest, shortest = 1): TimeRange {
  if (from_date >= to_date)
    throw new ApiError('fieldsValue', 'from_date must be before to_date', { from_date, to_date })
  const intervalSeconds = Math.max(interval, shortest)
  if ((to_date - from_date) / intervalSeconds > mostBuckets) {
    const problem = `expected at most ${mostBuckets} intervals between from_date and to_date`
    throw new ApiError('validation', `error for field 'interval'. ${problem}`)
  }
  return { from: new Date(from_date * 1_000), to: new Date(to_date * 1_000), intervalSeconds }
}

/** When each bucket begins, in epoch milliseconds: of the whole ones, or also of a last one that the range cuts off. */
export function bucketsOf({ from, to, intervalSeconds }: TimeRange, which: 'whole' | 'begun'): number[] {
  const length = (to.getTime() - from.getTime()) / (intervalSeconds * 1_000)
  const count = which === 'whole' ? Math.floor(length) : Math.ceil(length)
  return Array.from({ length: count }, (_, index) => from.getTime() + index * intervalSeconds * 1_000)
}
