import { hash } from 'node:crypto'
import type { Document } from '@inferq/domain'
import { type LastMetric, type LastMetrics, storedMetrics } from '../document/parts/last-metrics.ts'
import { maxLastMetrics } from './limits.ts'
import type { Scalar } from './parse-event.ts'

/**
 * The metrics of a task or model after some more scalars. The answer is the same in whatever order batches come, but
 * for scalars that have iteration and time in common.
 */
export function foldMetrics(lastMetrics: Document | null, scalars: readonly Scalar[]): LastMetrics {
  const present = storedMetrics(lastMetrics)
  const folded: LastMetrics = { ...present }
  const hashes = new Map<string, string>()
  const md5 = (name: string): string => {
    const known = hashes.get(name) ?? hash('md5', name)
    hashes.set(name, known)
    return known
  }
  let room = maxLastMetrics - countPairs(present)
  for (const scalar of scalars) {
    const [metric, variant] = [md5(scalar.metric), md5(scalar.variant)]
    const known = folded[metric]?.[variant]
    if (known === undefined && room-- <= 0) continue
    // What was there before is not written into: the caller may need it as it was.
    if (folded[metric] === present[metric]) folded[metric] = { ...present[metric] }
    const variants = folded[metric] as Record<string, LastMetric>
    variants[variant] = known === undefined ? firstOf(scalar) : withScalar(known, scalar)
  }
  return folded
}

const countPairs = (metrics: LastMetrics): number =>
  Object.values(metrics).reduce((sum, variants) => sum + Object.keys(variants).length, 0)

const firstOf = ({ metric, variant, iteration, at, value, xAxisLabel }: Scalar): LastMetric => ({
  ...{ metric, variant, value, iter: iteration, timestamp: at.getTime() },
  ...{ min_value: value, min_value_iteration: iteration },
  ...{ max_value: value, max_value_iteration: iteration },
  ...{ first_value: value, first_value_iteration: iteration },
  ...{ mean_value: value, count: 1 },
  ...(xAxisLabel !== undefined && { x_axis_label: xAxisLabel }),
})

function withScalar(known: LastMetric, scalar: Scalar): LastMetric {
  const { iteration, value, xAxisLabel } = scalar
  const timestamp = scalar.at.getTime()
  const next = { ...known, count: known.count + 1 }
  // Not as a sum, which could be too large for a number.
  next.mean_value = known.mean_value * (known.count / next.count) + value / next.count
  if (iteration > known.iter || (iteration === known.iter && timestamp >= known.timestamp)) {
    Object.assign(next, { value, iter: iteration, timestamp })
    if (xAxisLabel !== undefined) next.x_axis_label = xAxisLabel
  }
  if (value < known.min_value || (value === known.min_value && iteration < known.min_value_iteration)) {
    Object.assign(next, { min_value: value, min_value_iteration: iteration })
  }
  if (value > known.max_value || (value === known.max_value && iteration < known.max_value_iteration)) {
    Object.assign(next, { max_value: value, max_value_iteration: iteration })
  }
  if (iteration < known.first_value_iteration) {
    Object.assign(next, { first_value: value, first_value_iteration: iteration })
  }
  return next
}
