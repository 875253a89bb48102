import { z } from 'zod'
import { maxPageLength, usualPageLength } from '../limits.ts'
import { must } from './fields.ts'

/** No list is that long; pages behind it are empty like it. */
const lastPage = 2 ** 31

const wholeNumber = (min: number, max: number, be: string) =>
  z
    .string(must(be))
    .regex(/^\d+$/, `must be ${be}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be ${be}`)

/** Which page of a list is asked for, as parts of its query. */
export const pageFields = {
  page: wholeNumber(1, Number.POSITIVE_INFINITY, 'a whole number, 1 or more')
    .transform((page) => Math.min(page, lastPage))
    .default(1),
  page_limit: wholeNumber(1, maxPageLength, `a whole number from 1 to ${maxPageLength}`).default(usualPageLength),
}

export interface AskedPage {
  page: number
  page_limit: number
}

export const sliceOf = ({ page, page_limit }: AskedPage) => ({ offset: (page - 1) * page_limit, limit: page_limit })

/** What a list says of its pages. */
export const pageInfo = ({ page, page_limit }: AskedPage, total: number) => ({
  page,
  limit_per_page: page_limit,
  total_page: Math.ceil(total / page_limit),
  total_results: total,
})
