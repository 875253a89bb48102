import type { Document } from '@inferq/domain'

/** What is kept of one metric and variant. `iter` and `timestamp` are those of its last value, and are not shown. */
export interface LastMetric {
  metric: string
  variant: string
  value: number
  iter: number
  timestamp: number
  min_value: number
  min_value_iteration: number
  max_value: number
  max_value_iteration: number
  first_value: number
  first_value_iteration: number
  /** Shown with two decimals. */
  mean_value: number
  count: number
  x_axis_label?: string
}

/** By the MD5 of the metric, then of the variant. */
export type LastMetrics = Record<string, Record<string, LastMetric>>

export const storedMetrics = (lastMetrics: Document | null): LastMetrics => (lastMetrics ?? {}) as LastMetrics

/** As a task's or model's document shows them. */
export const lastMetricsOf = ({ lastMetrics }: { lastMetrics: Document | null }): Document =>
  mapValues(storedMetrics(lastMetrics), (variants) => mapValues(variants, shownMetric))

function shownMetric({ iter: _, timestamp: __, ...shown }: LastMetric): Omit<LastMetric, 'iter' | 'timestamp'> {
  return 'mean_value' in shown ? { ...shown, mean_value: twoDecimals(shown.mean_value) } : shown
}

/** A number so large that it has no decimals stays as it is. */
const twoDecimals = (value: number): number => {
  const hundredfold = value * 100
  return Number.isFinite(hundredfold) ? Math.round(hundredfold) / 100 : value
}

const mapValues = <Value, Mapped>(values: Record<string, Value>, change: (value: Value) => Mapped) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]))
