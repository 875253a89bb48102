import type { SeriesFilter } from '@inferq/domain'
import { list, object, optional, text } from '../transport/fields.ts'

/** Metrics that a reader asks for, each with all of its variants or some. */
export const metricFilter = optional(list(object({ metric: text, variants: optional(list(text)) })))

/** Nothing asked for is everything. */
export const seriesFilter = (
  metrics: readonly { metric: string; variants: readonly string[] | undefined }[] | undefined,
): { filter?: readonly SeriesFilter[] } =>
  metrics === undefined || metrics.length === 0
    ? {}
    : { filter: metrics.map(({ metric, variants }) => (variants?.length ? { metric, variants } : { metric })) }
