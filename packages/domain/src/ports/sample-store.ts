export interface QueueSample {
  queueId: string
  at: Date
  /** Mean time that its entries had waited, in seconds. */
  averageWaitSeconds: number
  entries: number
}

export interface WorkerSample {
  company: string
  worker: string
  at: Date
  /** `cpu_usage`. */
  metric: string
  /** `0`, `1`, ... of several devices; `total` of a plain number. */
  variant: string
  value: number
  task: string | null
}

export type Aggregation = 'avg' | 'min' | 'max'

/** Samples from `from` until before `to`, in buckets that are counted from `from`. */
export interface TimeRange {
  from: Date
  to: Date
  intervalSeconds: number
}

/** Figures over time, for the pages that draw them. Old ones are dropped. */
export interface SampleStore {
  addQueueSamples(samples: readonly QueueSample[]): Promise<void>
  /** Per queue and bucket the sample with the longest average wait. `at` is the start of the bucket. */
  readQueueSamples(queueIds: readonly string[], range: TimeRange): Promise<readonly QueueSample[]>
  addWorkerSamples(samples: readonly WorkerSample[]): Promise<void>
  /** All metrics of these workers, or of all of the company. */
  listMetrics(company: string, workers: readonly string[]): Promise<readonly string[]>
  /** One row per worker, metric, variant (`all` unless split) and bucket that has samples. */
  aggregate(query: {
    company: string
    workers: readonly string[]
    metric: string
    aggregation: Aggregation
    splitByVariant: boolean
    range: TimeRange
  }): Promise<readonly { worker: string; variant: string; at: Date; value: number }[]>
  /** Distinct workers that reported per bucket, all and those with a task. */
  countActive(company: string, range: TimeRange): Promise<readonly { at: Date; total: number; active: number }[]>
  dropOlderThan(ms: number): Promise<void>
}
