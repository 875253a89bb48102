import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export type { Counter, Gauge, Histogram } from 'prom-client'

/** From a cached answer to a long inference: 5 ms to 5 min. */
export const durationBucketsSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300]

/** A registry that makes its metrics; every name ends in its unit. */
export interface Metrics {
  readonly contentType: string
  /** Everything, in Prometheus' text format. */
  render(): Promise<string>
  counter<Label extends string = never>(
    name: `${string}_total`,
    help: string,
    labels?: readonly Label[],
  ): Counter<Label>
  /** `collect` runs at every scrape: what can be read then needs no timer and is never late. */
  gauge<Label extends string = never>(
    name: string,
    help: string,
    labels?: readonly Label[],
    collect?: (gauge: Gauge<Label>) => void | Promise<void>,
  ): Gauge<Label>
  histogram<Label extends string = never>(
    name: `${string}_seconds` | `${string}_bytes`,
    help: string,
    labels?: readonly Label[],
    buckets?: readonly number[],
  ): Histogram<Label>
}

/** Each call makes a registry of its own, so that two apps in one test process do not share counts. */
export function createMetrics(options: { processMetrics?: boolean } = {}): Metrics {
  const registry = new Registry()
  if (options.processMetrics !== false) collectDefaultMetrics({ register: registry })
  const registers = [registry]
  return {
    contentType: registry.contentType,
    render: () => registry.metrics(),
    counter: (name, help, labels = []) => new Counter({ name, help, labelNames: [...labels], registers }),
    gauge: <Label extends string>(
      name: string,
      help: string,
      labels: readonly Label[] = [],
      collect?: (gauge: Gauge<Label>) => void | Promise<void>,
    ) => {
      const settings = { name, help, labelNames: [...labels], registers }
      const gauge: Gauge<Label> = new Gauge(collect ? { ...settings, collect: () => collect(gauge) } : settings)
      return gauge
    },
    histogram: (name, help, labels = [], buckets = durationBucketsSeconds) =>
      new Histogram({ name, help, labelNames: [...labels], buckets: [...buckets], registers }),
  }
}
