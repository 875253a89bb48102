import type { DetailedTask, Document } from '../task-details.ts'
import type { Model } from './model-store.ts'
import type { DetailedChanges } from './task-store.ts'

/** One line that a task printed. */
export interface LogLine {
  at: Date
  worker: string
  level: string
  message: string
}

/** One value of a series, which a metric and one of its variants name. */
export interface ScalarPoint {
  metric: string
  variant: string
  /** Whole. */
  iteration: number
  at: Date
  value: number
}

/** Of a kind, metric, variant, iteration and `content.key` there is one; another replaces it unless its time is earlier. */
export interface ShownEvent {
  kind: ShownKind
  metric: string
  variant: string
  iteration: number
  at: Date
  worker: string
  /** The dialect that writes it says what is in it. */
  content: Document
}
export type ShownKind = 'plot' | 'image' | 'vector' | 'single_value'

export interface EventBatch {
  lines: readonly LogLine[]
  points: readonly ScalarPoint[]
  shown: readonly ShownEvent[]
}

/** What of a task must be known to decide what its events change on it: none of its large parts but the metrics. */
export type EventTask = Pick<
  DetailedTask,
  'id' | 'status' | 'startedAt' | 'leaseUntil' | 'lastMetrics' | 'lastIteration' | 'activeSeconds' | 'project'
>

export interface Series {
  id: string
  metric: string
  variant: string
  points: number
  /** The lowest and the highest, in whatever order they came. */
  firstIteration: number
  lastIteration: number
  firstAt: Date
  lastAt: Date
}

/** Points of one series in the order in which they came: columns of one length. Times are epoch milliseconds. */
export interface SeriesChunk {
  series: string
  iterations: Float64Array
  times: Float64Array
  values: Float64Array
}

/** No variants, or an empty list of them: all of that metric. In the same way no filter means all metrics. */
export interface SeriesFilter {
  metric: string
  variants?: readonly string[]
}

export type AnyEvent = ({ kind: 'line' } & LogLine) | ({ kind: 'point' } & ScalarPoint) | ShownEvent
export type EventKind = AnyEvent['kind']

/** What tasks (and models) report while they run: lines by the million, points by the ten million. */
export interface EventStore {
  /**
   * Adds a batch to a task of one's own and makes the changes of the task that `decide` answers: together or not at
   * all, one batch of a task at a time. `decide` may throw. Null: no such task, or `decide` answered null; then nothing
   * is added. The task is the one before.
   */
  addToTask(
    company: string,
    id: string,
    batch: EventBatch,
    decide: (task: EventTask) => DetailedChanges | null,
  ): Promise<EventTask | null>
  /** The same for a model. */
  addToModel(
    company: string,
    id: string,
    batch: EventBatch,
    decide: (model: Model) => Partial<Pick<Model, 'lastIteration' | 'lastMetrics'>> | null,
  ): Promise<Model | null>

  // What follows takes the id of a task or model that the caller has found to be visible.

  /**
   * Lines before or after a time, or from the end or the beginning without one; answered in that direction (`earlier`:
   * newest first). A page holds all further lines of the time of its last one, so that the next page may begin after
   * that time; but at most 10,000 of these. `total` counts all lines.
   */
  readLines(
    subject: string,
    page: { from: Date | null; direction: 'earlier' | 'later'; limit: number },
  ): Promise<{ lines: readonly LogLine[]; total: number }>
  /** In the order of their names. */
  listSeries(subject: string, filter?: readonly SeriesFilter[]): Promise<readonly Series[]>
  /** Shows the points of these series, of each iteration the last that came, chunk by chunk, one series after the other; never all of them are in memory. */
  readSeries(ids: readonly string[], visit: (chunk: SeriesChunk) => void): Promise<void>
  /**
   * For each metric and variant at most so many iterations that have one (all when null) before or after an iteration,
   * or from the last or the first without one; in that direction in each (`earlier`: newest first), at most `limit` in
   * all after the cursor of the page before. `total` counts what all pages hold.
   */
  readShown(
    subject: string,
    query: {
      kind: ShownKind
      filter?: readonly SeriesFilter[]
      from: number | null
      direction: 'earlier' | 'later'
      iterations: number | null
      cursor: string | null
      limit: number
    },
  ): Promise<{ events: readonly ShownEvent[]; cursor: string | null; total: number }>
  /**
   * Everything of these kinds in the order of its time. The cursor is of the page before; null: there is no more. One
   * that is none begins anew. A filter leaves lines out, since they are of no metric.
   */
  readEvents(
    subject: string,
    query: {
      kinds: readonly EventKind[]
      filter?: readonly SeriesFilter[]
      newestFirst: boolean
      cursor: string | null
      limit: number
    },
  ): Promise<{ events: readonly AnyEvent[]; cursor: string | null; total: number }>

  /**
   * Forgets at once the events of what has reported nothing for so long, as deleting a task or model and a change with
   * `dropEvents` do; what they took is given back by `sweep`. Answers of how many.
   */
  dropOlderThan(ms: number): Promise<number>
  /**
   * Deletes some of what was dropped, within about a second. `more`: it is not done. Before events that named files
   * are deleted, `forgetFiles` is told of these; when it fails, and when the process dies, they are named again.
   */
  sweep(forgetFiles: (files: ForgottenFiles) => Promise<void>): Promise<{ more: boolean }>
}

/** A file that was written after the drop is not the one that the events named: a new run stores under the same name. */
export interface ForgottenFiles {
  company: string
  subject: string
  droppedAt: Date
  urls: readonly string[]
}
