import type { SeriesFilter } from '@inferq/domain'
import { type RawBuilder, sql } from 'kysely'
import { storable } from '../sql-text.ts'

/** A condition on the columns `metric` and `variant`. */
export function inFilter(filter: readonly SeriesFilter[] | undefined): RawBuilder<boolean> {
  if (isAll(filter)) return sql`true`
  const whole = filter.filter(({ variants }) => isAll(variants)).map(({ metric }) => storable(metric))
  const pairs = filter.flatMap(({ metric, variants }) =>
    (variants ?? []).map((variant) => [storable(metric), storable(variant)] as const),
  )
  return sql`(metric = any(${whole}::text[]) or (metric, variant) in (
    select * from unnest(${pairs.map(([metric]) => metric)}::text[], ${pairs.map(([, variant]) => variant)}::text[])))`
}

/** An empty list is as good as none. */
export const isAll = <T>(list: readonly T[] | undefined): list is undefined | readonly [] => !list?.length
